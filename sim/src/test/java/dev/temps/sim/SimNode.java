package dev.temps.sim;

import dev.temps.agent.runtime.Labels;
import dev.temps.agent.runtime.testing.FakeRuntime;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.HostFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One machine: its power, disk, engine and clocks, and the agent that runs there, if one does. */
final class SimNode {
  private static final int WIREGUARD_BYTES = 32;

  final int number;
  final String name;
  final SimClock clock;
  final FakeRuntime runtime;
  final Path folder;
  final HostFacts host;
  final String wireguardKey;
  final boolean ingress;
  int contract = Contract.VERSION;
  String id = "";
  boolean removed;
  boolean powered = true;
  boolean dockerUp = true;
  int dockerSlow = 100; // most milliseconds a piece of work takes
  private final SimWorld world;
  private @Nullable SimAgent agent;
  private int boots = 1;
  private boolean touched = true;
  private List<Running> running = List.of();

  /** One container that is alive. */
  record Running(String id, String app, List<String> volumes) {}

  SimNode(SimWorld world, int number, long cpuMillis, long memoryBytes, boolean ingress) {
    this.world = world;
    this.number = number;
    this.name = "m" + number;
    this.clock = world.clock(name);
    this.runtime = new FakeRuntime(clock);
    this.folder = world.folder.resolve(name);
    this.ingress = ingress;
    this.host =
        new HostFacts(
            name,
            "Debian",
            "6",
            "amd64",
            cpuMillis,
            memoryBytes,
            1L << 40,
            "20.10",
            "kernel",
            "v1",
            List.of());
    byte[] key = new byte[WIREGUARD_BYTES];
    key[0] = (byte) number;
    key[1] = (byte) (number >> 8);
    key[WIREGUARD_BYTES - 1] = 1;
    this.wireguardKey = Base64.getEncoder().encodeToString(key);
    world.offer(runtime);
  }

  String bootId() {
    return name + "-boot-" + boots;
  }

  @Nullable SimAgent agent() {
    return agent;
  }

  /** Whether it can do its work: powered, and its agent runs. */
  boolean well() {
    SimAgent now = agent;
    return powered && now != null && !now.life.over() && !now.life.stopped();
  }

  void startAgent(boolean booted) {
    if (powered && !removed) {
      killAgent();
      agent = new SimAgent(world, this, booted);
    }
  }

  void killAgent() {
    SimAgent now = agent;
    if (now != null) {
      now.life.end();
    }
    agent = null;
  }

  /** The plug is pulled: everything on it ends, the disk stays. */
  void powerOff() {
    if (powered) {
      killAgent();
      powered = false;
      runtime.running(false);
      dockerUp = false;
      touched = true;
    }
  }

  void boot() {
    if (!powered) {
      powered = true;
      boots++;
      runtime.running(true);
      dockerUp = true;
      startAgent(true);
    }
  }

  /** Docker ends with all containers, or is back. */
  void docker(boolean runs) {
    if (powered) {
      runtime.running(runs);
      dockerUp = runs;
      touched = true;
    }
  }

  void touch() {
    touched = true;
  }

  /** Whether its containers may be others than when this was asked last. */
  boolean takeTouched() {
    boolean was = touched;
    touched = false;
    if (was) {
      running = powered && dockerUp ? look() : List.of();
    }
    return was;
  }

  /** What is alive, as of the last look. */
  List<Running> running() {
    return running;
  }

  private List<Running> look() {
    List<Running> all = new ArrayList<>();
    runtime.containers(Labels.WORKLOAD).stream()
        .filter(c -> c.state().alive())
        .forEach(c -> {
          var spec = runtime.spec(c.name());
          all.add(
              new Running(
                  c.name(),
                  spec.labels().getOrDefault(Labels.APP, ""),
                  spec.volumes().stream().map(v -> v.name()).toList()));
        });
    return all;
  }
}
