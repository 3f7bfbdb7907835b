package dev.temps.sim;

import dev.temps.agent.runtime.testing.FakeRuntime;
import dev.temps.control.image.ImageRef;
import dev.temps.control.node.Node;
import dev.temps.control.workload.testing.FakeAgentGateway;
import dev.temps.kit.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Everything there is in one run: time, network, machines, control planes. */
final class SimWorld implements AutoCloseable {
  static final List<String> IMAGES = List.of("web:1", "web:2", "web:3");
  private static final long SALT = 0x5eed_0fa11L;
  private static final long DRIFT_MAX = 200; // millionths; a bad quartz has 100
  private static final int NOTES_MAX = 400;
  private static final long SNAPSHOT_EVERY = 60_000;

  final SimTime time = new SimTime();
  final RandomGenerator random;
  final Ids ids;
  final SimNet net;
  final Bug bug;
  final Path folder = SimStore.freshFolder();
  final FakeAgentGateway images = new FakeAgentGateway();
  final List<SimNode> nodes = new ArrayList<>();
  private final Map<String, SimClock> clocks = new HashMap<>();
  private final Map<String, SimControl> controls = new HashMap<>();
  private final Map<SimControl, AgentWire> wires = new HashMap<>();
  private final List<String> controlMachines = new ArrayList<>();
  private final Deque<String> notes = new ArrayDeque<>();
  private @Nullable Path snapshot;
  private int stores;
  private SimControl control;

  /** A control plane that has just started on machine {@code m0}, which is not joined yet. */
  SimWorld(long seed, Bug bug) {
    this.random = new SplittableRandom(seed ^ SALT);
    this.ids = new Ids(new SplittableRandom(seed));
    this.net = new SimNet(time, random);
    this.bug = bug;
    IMAGES.forEach(image -> images.push(image, digest(image), "amd64"));
    Path store = freshStore();
    SimStore.make(store);
    this.control = new SimControl(this, "m0", store);
    runs(control);
  }

  private static String digest(String image) {
    return "sha256:" + "0%s".formatted(image.substring(image.length() - 1)).repeat(32);
  }

  /** A machine's engine can pull all there is. */
  void offer(FakeRuntime runtime) {
    IMAGES.forEach(
        image -> runtime.offerImage(ImageRef.parse(image).pinned(digest(image)), "amd64", null));
  }

  /** The latest snapshot of the control plane, null before the first. */
  @Nullable Path lastSnapshot() {
    return snapshot;
  }

  private void snapshots() {
    if (control.serves()) {
      Path file = freshStore();
      try {
        control.database.copyTo(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      snapshot = file;
    }
    time.in(SNAPSHOT_EVERY, this::snapshots);
  }

  /** From now on there are snapshots. */
  void takeSnapshots() {
    snapshots();
  }

  Path freshStore() {
    return folder.resolve("store-" + ++stores);
  }

  SimClock clock(String machine) {
    return clocks.computeIfAbsent(
        machine, _ -> new SimClock(time, random.nextLong(-DRIFT_MAX, DRIFT_MAX + 1)));
  }

  /** The control plane people use. */
  SimControl control() {
    return control;
  }

  /** From now on this one runs on its machine, and is the one people use. */
  void runs(SimControl started) {
    control = started;
    alsoRuns(started);
  }

  /** From now on this one runs on its machine, though nobody should use it. */
  void alsoRuns(SimControl started) {
    controls.put(started.machine, started);
    wires.put(started, new AgentWire(started, bug));
    if (!controlMachines.contains(started.machine)) {
      controlMachines.add(started.machine);
    }
  }

  @Nullable SimControl controlOn(String machine) {
    SimControl there = controls.get(machine);
    return there == null || there.life.over() ? null : there;
  }

  AgentWire wire(SimControl of) {
    return java.util.Objects.requireNonNull(wires.get(of));
  }

  /** Where agents begin to look. */
  String controlMachine() {
    return controlMachines.getFirst();
  }

  String controlMachineAfter(String machine) {
    int next = controlMachines.indexOf(machine) + 1;
    return controlMachines.get(next % controlMachines.size());
  }

  @Nullable SimNode byId(String id) {
    return nodes.stream().filter(n -> n.id.equals(id)).findFirst().orElse(null);
  }

  /** Machines that are still part of the cluster. */
  List<SimNode> members() {
    return nodes.stream().filter(n -> !n.removed).toList();
  }

  /** A new machine joins and its agent starts. */
  SimNode join(long cpuMillis, long memoryBytes, boolean ingress) {
    SimNode node = new SimNode(this, nodes.size(), cpuMillis, memoryBytes, ingress);
    Node made = Joining.join(control, node, bug);
    node.id = made.id();
    nodes.add(node);
    node.startAgent(true);
    return node;
  }

  /** Remembers what happened, for the report of a failure. */
  void note(String what) {
    notes.add("%.3f s  %s".formatted(time.now() / 1_000.0, what));
    if (notes.size() > NOTES_MAX) {
      notes.removeFirst();
    }
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    nodes.forEach(SimNode::killAgent);
    controls.values().forEach(SimControl::kill);
    SimStore.delete(folder);
  }
}
