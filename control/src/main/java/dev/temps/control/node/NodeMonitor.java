package dev.temps.control.node;

import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Report;
import dev.temps.contract.agent.Traffic;
import dev.temps.contract.agent.Usage;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Sessions, reports and liveness of all nodes, in memory. The store is written only when a node's
 * liveness changes. {@link #step} is to be run every half second. Thread-safe.
 */
public final class NodeMonitor {
  /** How often {@link #step} should run. */
  public static final Duration STEP_EVERY = Duration.ofMillis(500);

  private static final Duration LATE = Duration.ofSeconds(2);
  private static final Duration START_GRACE = Duration.ofSeconds(10); // agents' longest backoff
  private static final int REPORTS_PER_SECOND_MAX = 500;
  private static final int NODES_AT_FULL_RATE = 200;
  private static final String RELEASED =
      "A majority of the nodes is heard again, or the silent ones were declared lost.";
  private static final int SMALL_CLUSTER = 50; // in a larger one half a second makes no difference
  private static final Duration FULL_RATE = Duration.ofSeconds(1);

  private final NodeDirectory directory;
  private final Database database;
  private final NodeEvents events;
  private final Time time;
  private final Ids ids;
  private final Map<String, Watched> watched = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> livenessListeners = new CopyOnWriteArrayList<>();
  private volatile Runnable onRoutes = () -> {};
  private final Jury jury = new Jury(watched);
  private final Map<String, String> lostBefore;
  private volatile Runnable onAccount = () -> {};
  private volatile boolean anySilent;
  private volatile Map<String, String> remarks = Map.of();
  private final List<BiConsumer<String, Usage>> usageListeners = new CopyOnWriteArrayList<>();
  private volatile BiConsumer<String, Traffic> onTraffic = (_, _) -> {};
  private final LongAdder reports = new LongAdder();
  private volatile Duration lastStep;

  /**
   * Watches the nodes of {@code directory}; every node gets a fresh deadline, but those that were
   * {@code down} stay so until they are heard.
   */
  public NodeMonitor(
      NodeDirectory directory, Database database, NodeEvents events, Time time, Ids ids) {
    this.directory = directory;
    this.database = database;
    this.events = events;
    this.time = time;
    this.ids = ids;
    this.lastStep = time.elapsed();
    this.lostBefore = new ConcurrentHashMap<>(database.read(LostNodes::all));
    directory.all().forEach(this::of);
  }

  /**
   * What a report brought.
   *
   * @param changed workloads that are new or differ from the last report
   * @param gone ids that were reported before and are not any more
   * @param full whether the next report should carry all lists
   */
  public record Accepted(List<ObservedWorkload> changed, Set<String> gone, boolean full) {}

  /** {@code listener} runs after any node's liveness, conditions or workloads changed; be quick. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** {@code listener} runs after any node's liveness changed, before those of {@link #onChange}. */
  public void onLiveness(Runnable listener) {
    livenessListeners.add(listener);
  }

  /** {@code listener} runs when a node has applied other routes than before; be quick. */
  public void onRoutes(Runnable listener) {
    onRoutes = listener;
  }

  /**
   * {@code listener} runs when a node told what it sees of others while one is silent: {@link
   * #step} should follow soon. Be quick.
   */
  public void onAccount(Runnable listener) {
    onAccount = listener;
  }

  /** {@code listener} gets node id and usage of every report, made sane; be quick. */
  public void onUsage(BiConsumer<String, Usage> listener) {
    usageListeners.add(listener);
  }

  /** {@code listener} gets node id and what its ingress answered, when it told; be quick. */
  public void onTraffic(BiConsumer<String, Traffic> listener) {
    onTraffic = listener;
  }

  /** How many reports were taken since the start. */
  public long reportsTaken() {
    return reports.sum();
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  private Watched of(Node node) {
    return watched.computeIfAbsent(node.id(), _ -> remembered(node));
  }

  private Watched remembered(Node node) {
    boolean everReady = node.firstReadyAt() != null;
    String lost = lostBefore.remove(node.id());
    LivenessState state =
        lost == null
            ? LivenessState.remembered(everReady, time.elapsed(), START_GRACE)
            : LivenessState.lost(everReady, time.elapsed());
    return new Watched(state, lost, time.elapsed());
  }

  /** Pause between reports, so that all nodes together send at most 500 a second. */
  public Duration reportEvery() {
    int nodes = directory.all().size();
    return nodes <= NODES_AT_FULL_RATE
        ? FULL_RATE
        : Duration.ofMillis(Math.max(1_000, 1_000L * nodes / REPORTS_PER_SECOND_MAX));
  }

  /**
   * Begins a session; the node's session before it ends.
   *
   * @return the session's id
   */
  public String open(Node node, boolean rebooted, String bootId, String source) {
    Watched one = of(node);
    String session = ids.next("s");
    Duration now = time.elapsed();
    Optional<String> clone = one.open(session, new CloneAlarm.Origin(bootId, source), now);
    clone.ifPresent(why -> events.happened("node.cloned", node.id(), node.name(), why));
    apply(node, one.signal(new LivenessSignal.SessionOpened(rebooted), now));
    return session;
  }

  /**
   * Takes a report.
   *
   * @throws dev.temps.kit.ProblemException 409 {@code session-ended} when it is of another session
   */
  public Accepted report(Node node, Report report) {
    Watched one = of(node);
    long routes = one.routesApplied();
    Watched.News news = one.accept(report, node, time.millis(), time.elapsed());
    if (one.routesApplied() != routes) {
      onRoutes.run();
    }
    reports.increment();
    Usage usage = UsageRules.sane(report.usage(), node.host());
    usageListeners.forEach(listener -> listener.accept(node.id(), usage));
    if (report.traffic() != null) {
      onTraffic.accept(node.id(), report.traffic());
    }
    apply(node, news.effects());
    if (news.peersOrConditions() || !news.changed().isEmpty() || !news.gone().isEmpty()) {
      changed();
    }
    if (anySilent && report.peers() != null && directory.all().size() <= SMALL_CLUSTER) {
      onAccount.run();
    }
    return new Accepted(news.changed(), news.gone(), news.full());
  }

  /** Tells that a node reported workloads that are not placed on it; once for each. */
  public void foreign(Node node, Set<String> workloadIds) {
    List<String> fresh = of(node).foreign(workloadIds);
    if (!fresh.isEmpty()) {
      events.happened(
          "node.foreign-workload",
          node.id(),
          node.name(),
          "It reported containers that are not placed on it; they are ignored: "
              + String.join(", ", fresh));
      changed();
    }
  }

  /** The node's agent was refused for what it is; stands as a condition until its next session. */
  public void refused(Node node, String why) {
    if (of(node).refused(why)) {
      events.happened("node.refused", node.id(), node.name(), why);
      changed();
    }
  }

  /** What a node said of its size was left out; stands as a condition until its next session. */
  void odd(Node node, String why) {
    of(node).odd(why);
    changed();
  }

  /** Asks for the node's whole list again, after what it told could not be written. */
  public void forget(Node node) {
    of(node).forgetWorkloads();
  }

  /** Lets time pass: silence becomes suspicion, suspicion becomes certainty. */
  public void step() {
    Duration now = time.elapsed();
    boolean paused = now.minus(lastStep).minus(STEP_EVERY).compareTo(LATE) > 0;
    lastStep = now;
    List<Node> nodes = List.copyOf(directory.all());
    if (paused) {
      nodes.forEach(node -> apply(node, of(node).signal(new LivenessSignal.PauseEnded(), now)));
      return;
    }
    Duration every = reportEvery();
    Duration suspectAfter = LivenessTransitions.suspectAfter(every);
    nodes.forEach(this::of);
    brake(nodes, suspectAfter, now);
    boolean silent = false;
    for (Node node : nodes) {
      Duration silence = of(node).silence(now);
      boolean missed = silence.compareTo(suspectAfter) > 0;
      Verdict verdict = missed ? jury.on(node, nodes, silence, now) : Verdict.NONE;
      silent |= missed;
      apply(node, of(node).signal(new LivenessSignal.Ticked(every, verdict), now));
    }
    anySilent = silent;
    watched.keySet().removeIf(id -> directory.find(id).isEmpty());
  }

  private void brake(List<Node> nodes, Duration suspectAfter, Duration now) {
    if (jury.look(nodes, suspectAfter, now)) {
      String kind = jury.brake().isPresent() ? "cluster.braked" : "cluster.released";
      events.happened(kind, null, "cluster", jury.brake().orElse(RELEASED));
      changed();
    }
  }

  /** Why nothing becomes {@code down} now, one sentence for people; empty when nothing is held. */
  public Optional<String> brake() {
    return jury.brake();
  }

  /** Whether a node has missed its reports. */
  boolean silent(Node node) {
    Duration silence = of(node).silence(time.elapsed());
    return silence.compareTo(LivenessTransitions.suspectAfter(reportEvery())) > 0;
  }

  /** Makes a node {@code down} because {@code by} says so; it is held back by nothing. */
  void declareLost(Node node, String by) {
    apply(node, of(node).signal(new LivenessSignal.DeclaredLost(by), time.elapsed()));
  }

  private void apply(Node node, List<LivenessTransitions.Effect> effects) {
    for (LivenessTransitions.Effect effect : effects) {
      long lastReportAt = of(node).lastReportAt();
      boolean first = effect.to() == Liveness.ready && node.firstReadyAt() == null;
      database.change(handle -> {
        if (effect.to() == Liveness.down) {
          LostNodes.add(handle, node.id(), time.millis(), effect.reason());
        } else {
          LostNodes.remove(handle, node.id());
        }
        NodeStore.byId(handle, node.id())
            .ifPresent(fresh ->
                NodeStore.update(
                    handle,
                    fresh.seen(
                        first && fresh.firstReadyAt() == null
                            ? Long.valueOf(time.millis())
                            : fresh.firstReadyAt(),
                        lastReportAt == 0 ? fresh.lastReportAt() : Long.valueOf(lastReportAt))));
      });
      directory.refresh(node.id());
      events.happened("node." + effect.to(), node.id(), node.name(), effect.reason());
    }
    if (!effects.isEmpty()) {
      livenessListeners.forEach(Runnable::run);
      changed();
    }
  }

  /** What is held of a node now. */
  public NodeStatus status(Node node) {
    NodeStatus status = of(node).status(time.elapsed());
    String remark = remarks.get(node.id());
    return remark == null ? status : status.remarked(remark);
  }

  /** The same without its workloads, for those who ask for all nodes at once. */
  public NodeStatus brief(Node node) {
    NodeStatus status = of(node).brief(time.elapsed());
    String remark = remarks.get(node.id());
    return remark == null ? status : status.remarked(remark);
  }

  /**
   * All living nodes as that transaction sees them, by name. Of those that are as last committed
   * nothing is read but the version.
   */
  public List<Node> living(Handle handle) {
    return NodeStore.versions(handle).stream()
        .map(seen ->
            directory
                .find(seen.id())
                .filter(known -> known.version() == seen.version())
                .orElseGet(() -> NodeStore.byId(handle, seen.id()).orElseThrow()))
        .toList();
  }

  /**
   * What a node said of each other node, by its id; empty when it hasn't said anything lately, so
   * that nothing is known of now.
   */
  public Map<String, PeerObservation> sightings(Node node) {
    return of(node).sightings(time.elapsed());
  }

  /** Ids of the nodes that a node said it doesn't reach, of those in {@link #sightings}. */
  public List<String> missed(Node node) {
    return of(node).missed(time.elapsed());
  }

  /** The WireGuard keys a node told in its present session; null for none. */
  public @Nullable MeshKeys keys(Node node) {
    return of(node).keys();
  }

  /** The CAs a node goes by, as told in its present session; null when it didn't say. */
  public @Nullable CaTrust trust(Node node) {
    return of(node).trust();
  }

  /** What the control plane knows of nodes' places in the mesh that they don't, by node id. */
  public void remarks(Map<String, String> ofMesh) {
    if (!ofMesh.equals(remarks)) {
      remarks = Map.copyOf(ofMesh);
      changed();
    }
  }

  /**
   * How long no report of a node was accepted; at least since this control plane started, because
   * what was before is not known.
   */
  public Duration unheard(Node node) {
    return of(node).unheard(time.elapsed());
  }

  /** A node's liveness now. */
  public Liveness liveness(Node node) {
    return of(node).liveness();
  }
}
