package dev.temps.control.node;

import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.Report;
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
  private static final Duration FULL_RATE = Duration.ofSeconds(1);

  private final NodeDirectory directory;
  private final Database database;
  private final NodeEvents events;
  private final Time time;
  private final Ids ids;
  private final Map<String, Watched> watched = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> livenessListeners = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<String, Usage>> usageListeners = new CopyOnWriteArrayList<>();
  private final LongAdder reports = new LongAdder();
  private volatile Duration lastStep;

  /** Watches the nodes of {@code directory}; every node gets a fresh deadline. */
  public NodeMonitor(
      NodeDirectory directory, Database database, NodeEvents events, Time time, Ids ids) {
    this.directory = directory;
    this.database = database;
    this.events = events;
    this.time = time;
    this.ids = ids;
    this.lastStep = time.elapsed();
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

  /** {@code listener} gets node id and usage of every report, made sane; be quick. */
  public void onUsage(BiConsumer<String, Usage> listener) {
    usageListeners.add(listener);
  }

  /** How many reports were taken since the start. */
  public long reportsTaken() {
    return reports.sum();
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  private Watched of(Node node) {
    return watched.computeIfAbsent(
        node.id(),
        _ ->
            new Watched(
                LivenessState.remembered(
                    node.firstReadyAt() != null, time.elapsed(), START_GRACE)));
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
    Watched.News news = one.accept(report, node, time.millis(), time.elapsed());
    reports.increment();
    Usage usage = UsageRules.sane(report.usage(), node.host());
    usageListeners.forEach(listener -> listener.accept(node.id(), usage));
    apply(node, news.effects());
    if (news.peersOrConditions() || !news.changed().isEmpty() || !news.gone().isEmpty()) {
      changed();
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

  /** Asks for the node's whole list again, after what it told could not be written. */
  public void forget(Node node) {
    of(node).forgetWorkloads();
  }

  /** Lets time pass: silence becomes suspicion, suspicion becomes certainty. */
  public void step() {
    Duration now = time.elapsed();
    boolean paused = now.minus(lastStep).minus(STEP_EVERY).compareTo(LATE) > 0;
    lastStep = now;
    LivenessSignal signal =
        paused ? new LivenessSignal.PauseEnded() : new LivenessSignal.Ticked(reportEvery());
    for (Node node : directory.all()) {
      apply(node, of(node).signal(signal, now));
    }
    watched.keySet().removeIf(id -> directory.find(id).isEmpty());
  }

  private void apply(Node node, List<LivenessTransitions.Effect> effects) {
    for (LivenessTransitions.Effect effect : effects) {
      long lastReportAt = of(node).lastReportAt();
      boolean first = effect.to() == Liveness.ready && node.firstReadyAt() == null;
      database.change(handle ->
          NodeStore.byId(handle, node.id())
              .ifPresent(fresh ->
                  NodeStore.update(
                      handle,
                      fresh.seen(
                          first && fresh.firstReadyAt() == null
                              ? Long.valueOf(time.millis())
                              : fresh.firstReadyAt(),
                          lastReportAt == 0 ? fresh.lastReportAt() : Long.valueOf(lastReportAt)))));
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
    return of(node).status(time.elapsed());
  }

  /** A node's liveness now. */
  public Liveness liveness(Node node) {
    return of(node).liveness();
  }
}
