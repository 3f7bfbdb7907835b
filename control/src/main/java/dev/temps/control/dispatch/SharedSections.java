package dev.temps.control.dispatch;

import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.contract.agent.Assignment.Names;
import dev.temps.contract.agent.Assignment.Walls;
import dev.temps.contract.agent.CertificateRef;
import dev.temps.contract.agent.ConsoleSpec;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.ProjectSpec;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.ServiceSpec;
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
 * The sections that are the same for all nodes but for small things: peers, routes, certificates,
 * walls, names. Computed once per change, not per node. {@link #step} computes; {@link #now} is
 * free. Thread-safe.
 */
final class SharedSections {
  private static final int SMALL_CLUSTER = 50;
  private static final long MILLIS_PER_NODE = 10; // 1,000 nodes: the roster at most every 10 s

  private static final Duration LONG_AGO = Duration.ofDays(-1);

  private final NodeDirectory directory;
  private final NodeMonitor monitor;
  private final Sources sources;
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
      Sources sources,
      Supplier<String> caBundle,
      String domain,
      Revisions revisions,
      Time time) {
    this.directory = directory;
    this.monitor = monitor;
    this.sources = sources;
    this.caBundle = caBundle;
    this.domain = domain;
    this.revisions = revisions;
    this.time = time;
  }

  /** Where they come from. */
  record Sources(
      RouteSource routes,
      WallSource walls,
      NameSource names,
      Supplier<Paths> paths,
      Supplier<KeyTurns> turns) {}

  /** One consistent set. */
  record Shared(
      Revision peers,
      List<PeerSpec> roster,
      Paths paths,
      KeyTurns turns,
      Revision routes,
      List<RouteSpec> items,
      List<CertificateRef> tls,
      List<AcmeAnswer> answers,
      @Nullable ConsoleSpec console,
      Revision certificates,
      String caBundle,
      Walls walls,
      Names names) {
    boolean sameRevisions(@Nullable Shared other) {
      return other != null
          && peers.equals(other.peers)
          && routes.equals(other.routes)
          && certificates.equals(other.certificates)
          && walls.revision() == other.walls.revision()
          && names.revision() == other.names.revision();
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
        sources.routes().routes().stream().sorted(Comparator.comparing(RouteSpec::app)).toList();
    String bundle = caBundle.get();
    List<CertificateRef> tls = sources.routes().certificates();
    List<AcmeAnswer> answers =
        sources.routes().answers().stream()
            .sorted(Comparator.comparing(AcmeAnswer::token))
            .toList();
    ConsoleSpec console = sources.routes().console();
    String routesHash = Contents.routes(items, tls, answers, console, domain, ingressNodes());
    String bundleHash = Contents.hash(bundle);
    Walls walls = walls(was == null ? null : was.walls());
    Names names = names(was == null ? null : was.names());
    if (was == null || rosterDue()) {
      KeyTurns keys = sources.turns().get();
      List<PeerSpec> roster = roster(keys);
      Paths ways = sources.paths().get();
      String peersHash = Contents.peers(roster, ports() + ways.text() + keys.text());
      return new Shared(
          revision("peers", peersHash, was == null ? null : was.peers()),
          roster,
          ways,
          keys,
          revision("routes", routesHash, was == null ? null : was.routes()),
          items,
          tls,
          answers,
          console,
          revision("certificates", bundleHash, was == null ? null : was.certificates()),
          bundle,
          walls,
          names);
    }
    return new Shared(
        was.peers(),
        was.roster(),
        was.paths(),
        was.turns(),
        revision("routes", routesHash, was.routes()),
        items,
        tls,
        answers,
        console,
        revision("certificates", bundleHash, was.certificates()),
        bundle,
        walls,
        names);
  }

  private Walls walls(@Nullable Walls was) {
    List<ProjectSpec> projects = sources.walls().projects();
    if (was != null && was.items().equals(projects)) {
      return was;
    }
    Revision revision = revisions.shared("walls", Contents.walls(projects));
    return new Walls(revision.number(), revision.hash(), projects);
  }

  private Names names(@Nullable Names was) {
    List<ServiceSpec> services = sources.names().services();
    if (was != null && was.items().equals(services)) {
      return was;
    }
    Revision revision = revisions.shared("names", Contents.names(services));
    return new Names(revision.number(), revision.hash(), services);
  }

  private String ingressNodes() {
    return directory.all().stream()
        .filter(Node::ingress)
        .map(n -> n.id() + zone(n))
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static String zone(Node node) {
    String zone = node.zone();
    return zone == null ? "" : "@" + zone;
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
