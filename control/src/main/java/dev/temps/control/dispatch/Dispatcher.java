package dev.temps.control.dispatch;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Assignment.Certificates;
import dev.temps.contract.agent.Assignment.Routes;
import dev.temps.contract.agent.Assignment.Workloads;
import dev.temps.contract.agent.RemovedVolume;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.control.mesh.KeyTurns;
import dev.temps.control.mesh.Paths;
import dev.temps.control.mesh.Peers;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.store.Database;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers the agents' long polls. A poll waits until a section has another revision than the agent
 * named. {@link #step} is to be run when {@link Changes} woke it, and every second. Thread-safe.
 */
public final class Dispatcher implements AutoCloseable {
  /** The longest a poll waits. */
  public static final Duration POLL_MAX = Duration.ofSeconds(25);

  private final Cluster cluster;
  private final WorkloadSource workloads;
  private final Revisions revisions;
  private final SharedSections shared;
  private final Time time;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * What is the same in every assignment.
   *
   * @param controls control URLs of the moment, mesh first
   * @param caBundle CA certificates to trust, PEM
   */
  public record Cluster(
      String id,
      long epoch,
      String domain,
      Supplier<List<String>> controls,
      Supplier<String> caBundle) {}

  /**
   * A dispatcher for the nodes of {@code directory}.
   *
   * @param wake asks for a {@link #step} soon
   */
  public Dispatcher(
      Cluster cluster,
      Sources sources,
      NodeDirectory directory,
      NodeMonitor monitor,
      Database database,
      Time time,
      Runnable wake) {
    this.cluster = cluster;
    this.workloads = sources.workloads();
    this.time = time;
    this.revisions = new Revisions(database);
    this.shared =
        new SharedSections(
            directory,
            monitor,
            new SharedSections.Sources(
                sources.routes(),
                sources.walls(),
                sources.names(),
                sources.paths(),
                sources.turns()),
            cluster.caBundle(),
            cluster.domain(),
            revisions,
            time);
    sources.changes().listen(new Listener(wake));
  }

  /** Where desired state comes from. */
  public record Sources(
      WorkloadSource workloads,
      RouteSource routes,
      WallSource walls,
      NameSource names,
      Supplier<Paths> paths,
      Supplier<KeyTurns> turns,
      Changes changes) {}

  private final class Listener implements Changes.Listener {
    private final Runnable wake;

    Listener(Runnable wake) {
      this.wake = wake;
    }

    @Override
    public void workloadsChanged(String nodeId) {
      slot(nodeId).workloadsChanged();
    }

    @Override
    public void allWorkloadsChanged() {
      slots.values().forEach(Slot::workloadsChanged);
    }

    @Override
    public void sharedChanged() {
      shared.changed();
      wake.run();
    }

    @Override
    public long routesRevision() {
      shared.changed();
      step();
      return shared.now().routes().number();
    }

    @Override
    public long peersRevision() {
      shared.rosterChanged();
      step();
      return shared.now().peers().number();
    }
  }

  private Slot slot(String nodeId) {
    return slots.computeIfAbsent(nodeId, _ -> new Slot());
  }

  /** Computes what all nodes share, if it may have changed, and rings everybody's bell. */
  public void step() {
    if (shared.step()) {
      slots.values().forEach(Slot::ring);
    }
  }

  /**
   * What {@code node} must know that it doesn't: sections with another revision than in {@code
   * known}, the others null. Waits up to {@code wait} (at most 25 s) while there is nothing.
   */
  public Assignment assignment(Node node, Known known, Duration wait) throws InterruptedException {
    Duration limit = wait.compareTo(POLL_MAX) > 0 ? POLL_MAX : wait;
    Duration end = time.elapsed().plus(limit);
    Slot slot = slot(node.id());
    while (true) {
      CountDownLatch bell = slot.bell();
      Assignment news = news(node, slot, known);
      Duration left = end.minus(time.elapsed());
      if (closed || anything(news) || !left.isPositive()) {
        return news;
      }
      if (!bell.await(left.toMillis() + 1, TimeUnit.MILLISECONDS)) {
        return news;
      }
    }
  }

  private static boolean anything(Assignment news) {
    return news.workloads() != null
        || news.peers() != null
        || news.routes() != null
        || news.certificates() != null
        || news.walls() != null
        || news.names() != null;
  }

  private Assignment news(Node node, Slot slot, Known known) {
    boolean all = known.epoch() != cluster.epoch();
    Workloads mine = slot.workloads(was -> compute(node.id(), was));
    SharedSections.Shared common = shared.now();
    return new Assignment(
        cluster.id(),
        cluster.epoch(),
        cluster.controls().get(),
        all || mine.revision() != known.workloads() ? mine : null,
        all || common.peers().number() != known.peers() ? peers(node, common) : null,
        all || common.routes().number() != known.routes() ? routes(node, common) : null,
        all || common.certificates().number() != known.certificates()
            ? new Certificates(
                common.certificates().number(), common.certificates().hash(), common.caBundle())
            : null,
        known.walls() != Known.IGNORANT && (all || common.walls().revision() != known.walls())
            ? common.walls()
            : null,
        known.names() != Known.IGNORANT && (all || common.names().revision() != known.names())
            ? common.names()
            : null);
  }

  /** Revision of what a node must run now. */
  public long workloadsRevision(Node node) {
    return slot(node.id()).workloads(was -> compute(node.id(), was)).revision();
  }

  private Slot.Found compute(String nodeId, Slot.@Nullable Found was) {
    Object mark = workloads.mark(nodeId); // before what it stands for, never after
    if (was != null && mark != null && mark.equals(was.mark()) && sameRemoved(nodeId, was)) {
      return was;
    }
    return new Slot.Found(compute(nodeId), mark);
  }

  private boolean sameRemoved(String nodeId, Slot.Found was) {
    List<RemovedVolume> known = was.workloads().removed();
    return workloads.removedFrom(nodeId).equals(known == null ? List.of() : known);
  }

  private Workloads compute(String nodeId) {
    List<WorkloadSpec> items =
        workloads.forNode(nodeId).stream().sorted(Comparator.comparing(WorkloadSpec::id)).toList();
    List<RemovedVolume> removed = workloads.removedFrom(nodeId);
    Revisions.Revision revision =
        revisions.ofNode(nodeId, "workloads", Contents.workloads(items, removed));
    return new Workloads(
        revision.number(), revision.hash(), items, removed.isEmpty() ? null : removed);
  }

  private static Assignment.Peers peers(Node node, SharedSections.Shared common) {
    return new Assignment.Peers(
        common.peers().number(),
        Contents.hash(common.peers().hash() + node.id()),
        node.mesh(),
        Peers.seenBy(node, common.roster(), common.paths()),
        common.turns().order(node.id()));
  }

  private Routes routes(Node node, SharedSections.Shared common) {
    return new Routes(
        common.routes().number(),
        Contents.hash(common.routes().hash() + node.ingress() + node.zone()),
        node.ingress(),
        cluster.domain(),
        node.ingress() ? common.items() : List.of(),
        node.zone(),
        node.ingress() ? common.tls() : List.of(),
        node.ingress() ? common.answers() : List.of(),
        node.ingress() ? common.console() : null);
  }

  /** Ends all waiting polls with what there is. */
  @Override
  public void close() {
    closed = true;
    slots.values().forEach(Slot::ring);
  }
}
