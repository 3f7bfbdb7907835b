package dev.temps.agent.mesh;

import static dev.temps.kit.testing.Eventually.eventually;

import dev.temps.agent.machine.Machine;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.ProjectSpec;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.json.Json;
import dev.temps.kit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A machine that runs the mesh part; its place in the mesh is its number. */
final class MeshNode {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Path SCRIPT =
      Path.of("../dist/src/package/libexec/temps-supervise").toAbsolutePath().normalize();

  final int number;
  final Machine machine;
  private Process agent;
  private long revision;

  MeshNode(int number, Machine machine) throws IOException {
    this.number = number;
    this.machine = machine;
    this.agent = startAgent();
    eventually(START_LIMIT, "it has a key", () -> Files.exists(machine.folder().resolve("key")));
  }

  private Process startAgent() throws IOException {
    return machine.java(
        "agent", MeshPartMain.class, machine.folder().toString(), SCRIPT.toString());
  }

  /** Kills the agent as {@code kill -9} does. */
  void killAgent() throws Exception {
    // The process is nsenter's child; both have to go.
    agent.descendants().forEach(ProcessHandle::destroyForcibly);
    agent.destroyForcibly().waitFor();
    Files.deleteIfExists(machine.folder().resolve("report.json"));
  }

  void restartAgent() throws IOException {
    agent = startAgent();
  }

  PeerSpec asPeer(boolean ready, String... endpoints) throws IOException {
    String key = Files.readString(machine.folder().resolve("key"));
    PeerSpec peer = Meshes.keyed(number, key, endpoints);
    return ready ? peer : Meshes.notReady(peer);
  }

  String endpoint() {
    return machine.address() + ":51820";
  }

  void assign(PeerSpec... peers) throws Exception {
    revision++;
    MeshPartMain.put(
        machine.folder().resolve("peers.json"),
        Json.write(Meshes.peers(revision, Meshes.self(number), peers)));
  }

  /** Every other node with its true endpoint. */
  void meet(List<MeshNode> nodes) throws Exception {
    List<PeerSpec> others = new ArrayList<>();
    for (MeshNode node : nodes) {
      if (node != this) {
        others.add(node.asPeer(true, node.endpoint()));
      }
    }
    assign(others.toArray(PeerSpec[]::new));
  }

  /** From now on these containers belong together. */
  void keepApart(long revision, List<ProjectSpec> projects) throws Exception {
    MeshPartMain.put(
        machine.folder().resolve("walls.json"),
        Json.write(new Assignment.Walls(revision, "h", projects)));
    eventually(
        START_LIMIT,
        "walls " + revision + " stand on node " + number,
        () -> Objects.equals(report().applied().walls(), revision),
        this::describe);
  }

  /** From now on these services have names and addresses. */
  void name(long revision, List<ServiceSpec> services) throws Exception {
    MeshPartMain.put(
        machine.folder().resolve("names.json"),
        Json.write(new Assignment.Names(revision, "h", services)));
    awaitNames(revision);
  }

  void awaitNames(long revision) {
    eventually(
        START_LIMIT,
        "names " + revision + " stand on node " + number,
        () -> Objects.equals(report().applied().names(), revision),
        this::describe);
  }

  /** A container in the eyes of the network: the n-th of this node, on the bridge. */
  MeshContainer container(int n) {
    return MeshContainer.on(machine, "10.208." + (15 + number), n);
  }

  Report report() throws IOException {
    return Json.read(Report.class, Files.readString(machine.folder().resolve("report.json")));
  }

  List<PeerObservation> peers() throws IOException {
    return Objects.requireNonNull(report().peers());
  }

  void awaitProven(Duration limit) {
    eventually(limit, "node " + number + " is proven", () -> report().meshProven(), this::describe);
  }

  void awaitMeshWell(Duration limit) {
    eventually(
        limit,
        "node " + number + " finds its mesh well",
        () -> peers().stream().allMatch(p -> p.reachable()) && meshCondition().ok(),
        this::describe);
  }

  Condition meshCondition() throws IOException {
    return condition("mesh");
  }

  Condition condition(String name) throws IOException {
    return Objects.requireNonNull(report().conditions()).stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Pings from where a container stands. */
  boolean probeReaches(String address, String... options) {
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("nsenter", "--net=/run/netns/temps-probe"));
    argv.addAll(List.of("ping", "-n", "-c", "1", "-W", "1"));
    argv.addAll(List.of(options));
    argv.add(address);
    return machine.run(argv.toArray(String[]::new)).ok();
  }

  String describe() {
    try {
      Command.Result wg = machine.run("wg", "show", "temps-wg0", "endpoints");
      return Json.write(report()) + "\n" + wg.out() + wg.err() + log();
    } catch (IOException e) {
      return "no report: " + e + "\n" + log();
    }
  }

  private String log() {
    try {
      return Files.readString(machine.folder().resolve("agent.log"));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }
}
