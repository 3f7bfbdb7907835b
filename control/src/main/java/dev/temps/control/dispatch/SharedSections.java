package dev.temps.control.dispatch;

import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.control.dispatch.Revisions.Revision;
import dev.temps.control.mesh.KeyTurns;
import dev.temps.control.mesh.Paths;
import dev.temps.control.mesh.Peers;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sections that are the same for all nodes but for small things: peers, routes, certificates.
 * Computed once per change, not per node. {@link #step} computes; {@link #now} is free.
 * Thread-safe.
 */
final class SharedSections {
  private static final int SMALL_CLUSTER = 50;
  private static final long MILLIS_PER_NODE = 10; // 1,000 nodes: the roster at most every 10 s

  private static final Duration LONG_AGO = Duration.ofDays(-1);

  private final NodeDirectory directory;
  private final NodeMonitor monitor;
  private final RouteSource routes;
  private final Supplier<Paths> paths;
  private final Supplier<KeyTurns> turns;
  private final Supplier<String> caBundle;
  private final String domain;
  private final Revisions revisions;
  private final Time time;
  private final AtomicBoolean dirty = new AtomicBoolean(true);
  private Duration computedAt = LONG_AGO;
  private volatile @Nullable Shared current;

  SharedSections(
      NodeDirectory directory,
      NodeMonitor monitor,
      RouteSource routes,
      Supplier<Paths> paths,
      Supplier<KeyTurns> turns,
      Supplier<String> caBundle,
      String domain,
      Revisions revisions,
      Time time) {
    this.directory = directory;
    this.monitor = monitor;
    this.routes = routes;
    this.paths = paths;
    this.turns = turns;
    this.caBundle = caBundle;
    this.domain = domain;
    this.revisions = revisions;
    this.time = time;
  }

  /** One consistent set. */
  record Shared(
      Revision peers,
      List<PeerSpec> roster,
      Paths paths,
      KeyTurns turns,
      Revision routes,
      List<RouteSpec> items,
      Revision certificates,
      String caBundle) {
    boolean sameRevisions(@Nullable Shared other) {
      return other != null
          && peers.equals(other.peers)
          && routes.equals(other.routes)
          && certificates.equals(other.certificates);
    }
  }

  void changed() {
    dirty.set(true);
  }

  /** The next step makes the roster anew, however lately it was made. */
  synchronized void rosterChanged() {
    computedAt = LONG_AGO;
    dirty.set(true);
  }

  Shared now() {
    Shared known = current;
    if (known != null) {
      return known;
    }
    step();
    return java.util.Objects.requireNonNull(current);
  }

  /**
   * Computes anew when something changed.
   *
   * @return whether any revision is another one now
   */
  synchronized boolean step() {
    if (!dirty.getAndSet(false)) {
      return false;
    }
    try {
      Shared was = current;
      Shared next = compute(was);
      current = next;
      return !next.sameRevisions(was);
    } catch (RuntimeException e) {
      dirty.set(true);
      throw e;
    }
  }

  private Shared compute(@Nullable Shared was) {
    List<RouteSpec> items =
        routes.routes().stream().sorted(Comparator.comparing(RouteSpec::app)).toList();
    String bundle = caBundle.get();
    String routesHash = Contents.routes(items, domain, ingressNodes());
    String bundleHash = Contents.hash(bundle);
    if (was == null || rosterDue()) {
      KeyTurns keys = turns.get();
      List<PeerSpec> roster = roster(keys);
      Paths ways = paths.get();
      String peersHash = Contents.peers(roster, ports() + ways.text() + keys.text());
      return new Shared(
          revision("peers", peersHash, was == null ? null : was.peers()),
          roster,
          ways,
          keys,
          revision("routes", routesHash, was == null ? null : was.routes()),
          items,
          revision("certificates", bundleHash, was == null ? null : was.certificates()),
          bundle);
    }
    return new Shared(
        was.peers(),
        was.roster(),
        was.paths(),
        was.turns(),
        revision("routes", routesHash, was.routes()),
        items,
        revision("certificates", bundleHash, was.certificates()),
        bundle);
  }

  private String ingressNodes() {
    return directory.all().stream()
        .filter(Node::ingress)
        .map(Node::id)
        .sorted()
        .collect(Collectors.joining(","));
  }

  private Revision revision(String section, String hash, @Nullable Revision was) {
    return was != null && was.hash().equals(hash) ? was : revisions.shared(section, hash);
  }

  /** In a big cluster every change of the roster is a big answer to everybody: not too often. */
  private boolean rosterDue() {
    int nodes = directory.all().size();
    Duration pause = Duration.ofMillis(nodes <= SMALL_CLUSTER ? 0 : nodes * MILLIS_PER_NODE);
    Duration now = time.elapsed();
    if (now.minus(computedAt).compareTo(pause) < 0) {
      dirty.set(true);
      return false;
    }
    computedAt = now;
    return true;
  }

  private List<PeerSpec> roster(KeyTurns keys) {
    return Peers.roster(directory.all(), n -> reachable(monitor.liveness(n)), keys);
  }

  private static boolean reachable(Liveness liveness) {
    return switch (liveness) {
      case ready, suspect -> true; // suspicion changes nothing
      case pending, down -> false;
    };
  }

  private String ports() {
    return directory.all().stream()
        .map(n -> n.id() + "=" + n.wireguardPort())
        .sorted()
        .collect(Collectors.joining(","));
  }
}
