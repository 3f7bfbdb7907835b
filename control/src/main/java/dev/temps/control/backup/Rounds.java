package dev.temps.control.backup;

import dev.temps.control.audit.AuditEntry;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Supersession;
import dev.temps.control.store.Database;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes a snapshot every minute, and within seconds of what a person or a joining machine changed,
 * and gives it to two other nodes: what was acknowledged must not be lost with the machine. A big
 * store is copied less often, so that at most a twentieth of the time goes into it. {@link #step}
 * is to be run every few seconds by one thread; everything else is thread-safe.
 */
public final class Rounds {
  /** How often {@link #step} should run. */
  public static final Duration STEP_EVERY = Duration.ofSeconds(5);

  private static final Logger LOG = System.getLogger(Rounds.class.getName());
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int SHARE = 20; // a snapshot that took t waits 20 t, but for the minute's
  private static final int HOLDERS = 2;

  private final Database database;
  private final Snapshots snapshots;
  private final Courier courier;
  private final NodeDirectory directory;
  private final NodeMonitor monitor;
  private final Supersession supersession;
  private final Successors successors;
  private final long epoch;
  private final Time time;
  private final Map<String, Copy> copies = new ConcurrentHashMap<>();
  private final Set<String> refused = new HashSet<>(); // asked again with the next snapshot only
  private @Nullable Duration takenAt;
  private Duration took = Duration.ZERO;
  private String holds = ""; // id of the newest change in the last snapshot
  private Snapshots.@Nullable Taken last;
  private volatile String trouble = "";

  /**
   * A copy on a node, as far as this process knows.
   *
   * @param takenAtMillis of the last that arrived, 0 for none
   * @param trouble why the newest did not arrive, "" when it did
   */
  public record Copy(String node, long takenAtMillis, long bytes, String trouble) {}

  /** Rounds of the control plane of that epoch. */
  public Rounds(
      Database database,
      Snapshots snapshots,
      Courier courier,
      NodeDirectory directory,
      NodeMonitor monitor,
      Supersession supersession,
      long epoch,
      Time time) {
    this.database = database;
    this.snapshots = snapshots;
    this.courier = courier;
    this.directory = directory;
    this.monitor = monitor;
    this.supersession = supersession;
    this.successors = new Successors(courier, directory, monitor, supersession, epoch);
    this.epoch = epoch;
    this.time = time;
  }

  /** Takes and sends what is due, and looks whether nodes follow another control plane. */
  public void step() {
    successors.step();
    if (supersession.replaced()) {
      return; // its snapshots would be older than they look
    }
    if (due()) {
      take();
    }
    Snapshots.Taken newest = last;
    if (newest == null) {
      return;
    }
    for (Node node : holders()) {
      Copy copy = copies.get(node.id());
      boolean lacks = copy == null || copy.takenAtMillis() < newest.takenAtMillis();
      if (lacks && !refused.contains(node.id())) {
        copies.put(node.id(), sent(node, newest, copy));
      }
    }
    copies.keySet().removeIf(id -> directory.find(id).isEmpty());
  }

  private boolean due() {
    if (takenAt == null) {
      return true;
    }
    Duration age = time.elapsed().minus(takenAt);
    return age.compareTo(EVERY) >= 0
        || (age.compareTo(took.multipliedBy(SHARE)) >= 0 && !newestChange().equals(holds));
  }

  private String newestChange() {
    List<AuditEntry> newest = database.read(h -> AuditLog.newest(h, 1));
    return newest.isEmpty() ? "" : newest.getFirst().id();
  }

  private void take() {
    Duration began = time.elapsed();
    takenAt = began;
    holds = newestChange(); // before the copy, which may hold more
    try {
      last = snapshots.take();
      refused.clear();
      trouble = "";
    } catch (ProblemException e) {
      if (!trouble.equals(e.problem().line())) {
        LOG.log(Level.WARNING, e.problem().line());
      }
      trouble = e.problem().line();
    }
    took = time.elapsed().minus(began);
  }

  private Copy sent(Node node, Snapshots.Taken newest, @Nullable Copy before) {
    try {
      courier.send(node, newest, epoch);
      return new Copy(node.name(), newest.takenAtMillis(), newest.bytes(), "");
    } catch (ProblemException e) {
      LOG.log(Level.DEBUG, "no snapshot on " + node.name() + ": " + e.getMessage());
      if (!e.problem().type().equals("agent-unreachable")) {
        refused.add(node.id());
      }
      String why = e.problem().title() + " " + e.problem().detail();
      return before == null
          ? new Copy(node.name(), 0, 0, why)
          : new Copy(node.name(), before.takenAtMillis(), before.bytes(), why);
    }
  }

  /** The first two by id of the ready nodes on which no control plane runs. */
  private List<Node> holders() {
    return others().stream()
        .filter(n -> monitor.liveness(n) == Liveness.ready)
        .limit(HOLDERS)
        .toList();
  }

  private List<Node> others() {
    return directory.all().stream()
        .filter(n -> !n.controlPlane())
        .sorted(Comparator.comparing(Node::id))
        .toList();
  }

  /** Copies on other nodes, by name. */
  public List<Copy> copies() {
    List<Copy> all = new ArrayList<>(copies.values());
    all.sort(Comparator.comparing(Copy::node));
    return all;
  }

  /** What a person should look at, one sentence each. */
  public List<String> problems() {
    String wrong = trouble;
    return wrong.isEmpty() ? List.of() : List.of(wrong);
  }
}
