package dev.temps.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Bad luck on demand. Each fault ends by itself after a while, and all of them with {@link #end}.
 */
final class Faults {
  private final SimWorld world;
  private final RandomGenerator random;
  private final List<Runnable> cures = new ArrayList<>();
  private Runnable onRestore = () -> {};
  private boolean over;
  private int count;
  private long setBack;

  Faults(SimWorld world, RandomGenerator random) {
    this.world = world;
    this.random = random;
  }

  /** {@code listener} runs after a control plane was restored. */
  void onRestore(Runnable listener) {
    onRestore = listener;
  }

  int count() {
    return count;
  }

  /** By how much clocks were set back, in seconds: what waits for a time of day waits longer. */
  long setBack() {
    return setBack;
  }

  /** Nothing goes wrong from now on, and what is wrong is put right. */
  void end() {
    over = true;
    List.copyOf(cures).forEach(Runnable::run);
    cures.clear();
    world.net.mendAll();
    for (SimNode node : world.members()) {
      node.dockerSlow = 100;
      node.boot();
      if (!node.dockerUp) {
        node.docker(true);
      }
      SimAgent agent = node.agent();
      if (agent == null || agent.life.over()) {
        node.startAgent(false);
      }
    }
  }

  private void forAWhile(String what, int secondsMax, Runnable begin, Runnable cure) {
    world.note("fault: " + what);
    count++;
    begin.run();
    cures.add(cure);
    world.time.in(
        500 + random.nextInt(secondsMax * 1_000),
        () -> {
          if (!over && cures.remove(cure)) {
            world.note("cured: " + what);
            cure.run();
          }
        });
  }

  private SimNode machine() {
    List<SimNode> all = world.members();
    return all.get(random.nextInt(all.size()));
  }

  void badWeather() {
    double loss = random.nextDouble() * 0.3;
    int slow = 50 + random.nextInt(900);
    forAWhile(
        "bad weather, %.0f %% lost".formatted(loss * 100),
        30,
        () -> world.net.weather(loss, 0.05, slow),
        () -> world.net.weather(0, 0, 10));
  }

  /** One machine gets nothing out, or nothing in, or neither. */
  void isolate() {
    SimNode one = machine();
    int how = 1 + random.nextInt(3);
    forAWhile(
        "cut off " + one.name + " (" + how + ")",
        50,
        () -> world.nodes.forEach(o -> cut(one, o, how)),
        () -> world.nodes.forEach(o -> mend(one, o)));
  }

  /** Two machines don't meet. */
  void separate() {
    SimNode one = machine();
    SimNode other = machine();
    int how = 1 + random.nextInt(3);
    forAWhile(
        one.name + " and " + other.name + " don't meet (" + how + ")",
        50,
        () -> cut(one, other, how),
        () -> mend(one, other));
  }

  private void cut(SimNode one, SimNode other, int how) {
    if (one != other) {
      if ((how & 1) != 0) {
        world.net.cut(one.name, other.name);
      }
      if ((how & 2) != 0) {
        world.net.cut(other.name, one.name);
      }
    }
  }

  private void mend(SimNode one, SimNode other) {
    world.net.mend(one.name, other.name);
    world.net.mend(other.name, one.name);
  }

  /** The control plane's process ends, and starts again some time later. */
  void killControl() {
    SimControl dying = world.control();
    if (dying.life.over()) {
      return;
    }
    forAWhile(
        "control plane killed",
        40,
        dying::kill,
        () -> {
          if (world.control() == dying) {
            Bugs.beforeStart(world.bug, dying);
            world.runs(new SimControl(world, dying.machine, dying.folder));
          }
        });
  }

  /** The control plane's process stands still for a while. */
  void stopControl() {
    SimControl control = world.control();
    if (control.life.over() || control.life.stopped()) {
      return;
    }
    forAWhile("control plane stopped", 40, control.life::stop, control.life::goOn);
  }

  void killAgent() {
    SimNode node = machine();
    forAWhile(
        "agent of " + node.name + " killed",
        15,
        node::killAgent,
        () -> {
          if (node.agent() == null) {
            node.startAgent(false);
          }
        });
  }

  /** A machine loses its power; not the control plane's own, which has worlds of its own. */
  void powerOff(int secondsMax) {
    SimNode node = machine();
    if (!node.name.equals(world.control().machine)) {
      forAWhile(
          node.name + " has no power",
          secondsMax,
          node::powerOff,
          () -> {
            if (!node.removed) {
              node.boot();
            }
          });
    }
  }

  void slowDocker() {
    SimNode node = machine();
    int millis = 500 + random.nextInt(12_000);
    forAWhile(
        "docker of " + node.name + " takes up to " + millis + " ms",
        60,
        () -> node.dockerSlow = millis,
        () -> node.dockerSlow = 100);
  }

  void dockerAway() {
    SimNode node = machine();
    forAWhile(
        "docker of " + node.name + " is away",
        30,
        () -> node.docker(false),
        () -> {
          if (!node.dockerUp) {
            node.docker(true);
          }
        });
  }

  /** A process in a container ends by itself. */
  void crash() {
    SimNode node = machine();
    SimAgent agent = node.agent();
    if (agent != null && !node.running().isEmpty() && node.dockerUp) {
      String victim = node.running().get(random.nextInt(node.running().size())).id();
      world.note("fault: " + victim + " crashes");
      count++;
      node.runtime.crash(victim, 1);
      node.touch();
      agent.happened(victim, "die");
    }
  }

  /** Somebody sets the date. */
  void setClock() {
    SimNode node = machine();
    long seconds = random.nextLong(-300, 300);
    world.note("fault: the clock of " + node.name + " is set by " + seconds + " s");
    count++;
    setBack += Math.max(0, -seconds);
    node.clock.set(java.time.Duration.ofSeconds(seconds));
  }

  /** Most machines lose their power at once. */
  void loseMost() {
    for (SimNode node : world.members()) {
      if (!node.name.equals(world.control().machine) && random.nextInt(4) > 0) {
        forAWhile(
            node.name + " has no power",
            50,
            node::powerOff,
            () -> {
              if (!node.removed) {
                node.boot();
              }
            });
      }
    }
  }

  /** An agent of another release takes the place of one. */
  void changeRelease() {
    SimNode node = machine();
    world.note("fault: " + node.name + " gets an agent of another release");
    count++;
    node.contract = random.nextBoolean() ? Contracts.NEW : Contracts.OLD;
    node.startAgent(false);
  }

  /** The control plane's machine is lost for a while; another one goes on from a snapshot. */
  void restore() {
    SimControl lost = world.control();
    List<SimNode> others =
        world.members().stream().filter(n -> !n.name.equals(lost.machine) && n.powered).toList();
    if (lost.life.over() || others.isEmpty()) {
      return;
    }
    SimNode next = others.get(random.nextInt(others.size()));
    Restoring restoring = new Restoring(world, lost);
    forAWhile(
        "control plane lost with " + lost.machine + ", to be restored on " + next.name,
        60,
        restoring::lose,
        () -> {
          restoring.restoreOn(next);
          onRestore.run();
          restoring.oneComesBack(5_000L + random.nextInt(30_000));
        });
  }
}
