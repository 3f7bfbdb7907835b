package dev.temps.control.mesh;

import dev.temps.control.event.EventStore;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.store.Database;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the ways between nodes as they report them to work. {@link #step} is to be run every half
 * second; {@link #now} is free. Thread-safe.
 */
public final class PathReconciler {
  /** How often {@link #step} should run. */
  public static final Duration STEP_EVERY = Duration.ofMillis(500);

  private final Database database;
  private final NodeDirectory directory;
  private final NodeMonitor monitor;
  private final EventStore events;
  private final Time time;
  private final Runnable changed;
  private Map<Pair, PathWatch> watches = new TreeMap<>();
  private Map<Pair, Path> relayed;
  private volatile Paths now;

  /**
   * Goes on from what the store holds.
   *
   * @param changed runs after a way has changed
   */
  public PathReconciler(
      Database database,
      NodeDirectory directory,
      NodeMonitor monitor,
      EventStore events,
      Time time,
      Runnable changed) {
    this.database = database;
    this.directory = directory;
    this.monitor = monitor;
    this.events = events;
    this.time = time;
    this.changed = changed;
    this.relayed = database.read(PathStore::all);
    relayed.forEach((pair, path) -> watches.put(pair, PathWatch.on(path.via())));
    this.now = new Paths(relayed, Map.of());
  }

  /** The ways of this moment. */
  public Paths now() {
    return now;
  }

  /** One look at what the nodes say; changes ways that have to be others. */
  public synchronized void step() {
    Map<String, String> names = new HashMap<>();
    directory.all().forEach(node -> names.put(node.id(), node.name()));
    Sight sight = new ReportedSight(directory.all(), monitor);
    PathPlanner.Plan plan = PathPlanner.plan(watches, sight, time.elapsed());
    PathWords words = new PathWords(names);
    Map<Pair, Path> next = new TreeMap<>(relayed);
    if (!plan.turns().isEmpty()) {
      long millis = time.millis();
      database.change(handle -> plan.turns().forEach(turn -> write(handle, turn, words, millis)));
      for (Turn turn : plan.turns()) {
        if (turn.to() == null) {
          next.remove(turn.pair());
        } else {
          next.put(turn.pair(), new Path(turn.to(), millis));
        }
      }
    }
    watches = plan.watches();
    relayed = next;
    Map<Pair, String> stuck = new TreeMap<>();
    plan.stuck().forEach(pair -> stuck.put(pair, words.stuck(pair, names.size())));
    now = new Paths(next, stuck);
    monitor.remarks(remarks(stuck));
    if (!plan.turns().isEmpty()) {
      changed.run();
    }
  }

  private void write(Handle handle, Turn turn, PathWords words, long millis) {
    if (turn.to() == null) {
      PathStore.remove(handle, turn.pair());
    } else {
      PathStore.put(handle, turn.pair(), new Path(turn.to(), millis));
    }
    String kind = turn.to() == null ? "mesh.direct" : "mesh.relayed";
    event(handle, millis, kind, turn.pair().low(), words, turn);
    event(handle, millis, kind, turn.pair().high(), words, turn);
  }

  /** Told for both ends, so that it stands in the history of either. */
  private void event(
      Handle handle, long millis, String kind, String node, PathWords words, Turn turn) {
    events.add(handle, millis, kind, words.name(node), node, words.turn(turn, node));
  }

  /** What the control plane knows of a node's mesh that the node doesn't, by node id. */
  private static Map<String, String> remarks(Map<Pair, String> stuck) {
    Map<String, String> remarks = new HashMap<>();
    stuck.forEach((pair, why) -> {
      remarks.merge(pair.low(), why, (a, b) -> a + "; " + b);
      remarks.merge(pair.high(), why, (a, b) -> a + "; " + b);
    });
    return remarks;
  }
}
