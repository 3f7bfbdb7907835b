package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.api.RolloutRequest;
import dev.temps.contract.tls.Pem;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.backup.Backups;
import dev.temps.control.backup.Snapshots;
import dev.temps.control.ca.CaRotations;
import dev.temps.control.ca.CaSight;
import dev.temps.control.deployment.Deployment;
import dev.temps.control.deployment.DeploymentState;
import dev.temps.control.deployment.DeploymentStore;
import dev.temps.control.deployment.Evictions;
import dev.temps.control.deployment.Ingresses;
import dev.temps.control.deployment.Replica;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.drain.Drains;
import dev.temps.control.drain.Farewells;
import dev.temps.control.drain.NodeRemoval;
import dev.temps.control.mesh.KeyRotations;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Nodes;
import dev.temps.control.operation.Continued;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationQuery;
import dev.temps.control.operation.Operations;
import dev.temps.control.release.PaperRelease;
import dev.temps.control.release.ReleaseShelf;
import dev.temps.control.secret.CertificateAuthority;
import dev.temps.control.store.Database;
import dev.temps.control.store.Settings;
import dev.temps.control.upgrade.Upgrades;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A control plane over a store and, beside it, machines that go on without it: their agents run
 * what they are told, their ingresses serve the routes they took last.
 */
final class World implements AutoCloseable {
  private static final List<String> NODES = List.of("a", "b", "c");

  /** A release with a digest of its own. */
  private static final String SECOND = TestCluster.DIGEST.replace('0', '1');

  /** The release of Temps before an upgrade, and after it. */
  static final String OLD = "0.1.0";

  static final String NEW = "0.2.0";

  private static final Duration ROUND = Duration.ofMillis(900);
  private static final int ROUNDS_MAX = 60;
  private static final int QUIET = 7; // longer than old replicas finish their requests

  /** What ingresses have, with the control plane or without it. */
  static final class Edge {
    private final Map<String, List<String>> routes = new TreeMap<>();
    private final Map<String, Long> taken = new HashMap<>();
    private final Set<String> away = new HashSet<>();
    private final Map<String, CaTrust> trust = new TreeMap<>();
    private final Meshed.Machines mesh = new Meshed.Machines();
    private final PaperReleases releases = new PaperReleases();
    private long published;
  }

  private final Database database;
  private final Path folder;
  private final TestCluster.Outside outside;
  private final Edge edge;
  private final TestCluster cluster;
  private final Nodes nodes;
  private final Drains drains;
  private final Farewells farewells;
  private final NodeRemoval removal;
  private final Operations operations;
  private final Backups backups;
  private final CertificateAuthority authority;
  private final CaRotations ca;
  private final KeyRotations rotations;
  private final Meshed mesh;
  private final Upgrades upgrades;

  World(Database database, Path folder, TestCluster.Outside outside, Edge edge) {
    this.database = database;
    this.folder = folder;
    this.outside = outside;
    this.edge = edge;
    this.cluster = new TestCluster(database, folder, outside, ingresses());
    AuditLog audit = new AuditLog(cluster.time, cluster.ids);
    NodeDirectory directory = new NodeDirectory(database);
    NodeMonitor monitor =
        new NodeMonitor(directory, database, (_, _, _, _) -> {}, cluster.time, cluster.ids);
    this.nodes = new Nodes(database, directory, audit, cluster.time);
    this.drains =
        new Drains(database, nodes, cluster.events, audit, cluster.ids, cluster.time, () -> {});
    this.farewells = new Farewells(database, directory, monitor, () -> 1, cluster.time);
    this.removal =
        new NodeRemoval(
            database,
            nodes,
            monitor,
            new Evictions(cluster.parts),
            cluster.events,
            cluster.ids,
            cluster.time,
            () -> {});
    this.operations = new Operations(database, audit, cluster.time, () -> {});
    this.authority = authority();
    this.ca =
        new CaRotations(
            database,
            authority,
            nodes,
            sight(),
            cluster.events,
            audit,
            cluster.ids,
            cluster.time,
            () -> {});
    this.rotations =
        new KeyRotations(
            database, nodes, monitor, cluster.events, audit, cluster.ids, cluster.time, () -> {});
    this.mesh = new Meshed(edge.mesh, nodes, monitor, rotations, cluster.time);
    this.upgrades =
        new Upgrades(
            database,
            nodes,
            n -> outside.serves(n.name()) ? Liveness.ready : Liveness.down,
            cluster.events,
            audit,
            new ReleaseShelf(folder.resolve("releases")),
            edge.releases,
            OLD,
            cluster.ids,
            cluster.time);
    this.backups =
        new Backups(
            database,
            new Snapshots(
                new Snapshots.Cluster("c-1", 1, "1"),
                database,
                cluster.vault,
                new Snapshots.Places(
                    folder.resolve("snapshots"), folder.resolve("serve"), folder.resolve("agent")),
                cluster.time),
            cluster.events,
            audit,
            cluster.ids,
            cluster.time);
  }

  private CertificateAuthority authority() {
    if (database.read(h -> Settings.find(h, "ca.bundle")).isEmpty()) {
      database.change(h -> CertificateAuthority.create(h, cluster.vault, "k-1", cluster.time));
    }
    return database.read(h -> CertificateAuthority.load(h, cluster.vault, "k-1", cluster.time));
  }

  private CaSight sight() {
    return new CaSight() {
      @Override
      public @Nullable CaTrust trust(Node node) {
        return edge.trust.get(node.name());
      }

      @Override
      public boolean ready(Node node) {
        return outside.serves(node.name());
      }
    };
  }

  /** A node's agent takes the bundle, and in the round after a certificate of who signs. */
  private void follow(String node) {
    List<String> bundle = authority.bundle().stream().map(Pem::fingerprint).toList();
    CaTrust was = edge.trust.get(node);
    if (was == null) {
      edge.trust.put(node, new CaTrust(bundle, bundle.getFirst()));
      return;
    }
    assertTrue(bundle.contains(was.signedBy()), node + " is not shut out");
    assertTrue(was.trusted().contains(bundle.getFirst()), node + " trusts who signs");
    boolean known = was.trusted().equals(bundle);
    edge.trust.put(node, new CaTrust(bundle, known ? bundle.getFirst() : was.signedBy()));
  }

  private Ingresses ingresses() {
    return new Ingresses() {
      @Override
      public long mark() {
        return ++edge.published;
      }

      @Override
      public List<String> behind(long mark) {
        return NODES.stream()
            .filter(n -> outside.serves(n))
            .filter(n -> edge.taken.getOrDefault(n, 0L) < mark)
            .toList();
      }
    };
  }

  /** As the program does before its loops run. */
  void start() {
    backups.endCutOff();
    Continued.tell(database, cluster.events, cluster.time);
  }

  /** One round: machines take what is new and report it, then the control plane looks. */
  void round() {
    List<String> routes = cluster.backends("web");
    for (String node : NODES) {
      if (outside.serves(node) && !edge.away.contains(node)) {
        edge.routes.put(node, routes);
        edge.taken.put(node, edge.published);
        follow(node);
      }
    }
    cluster.report();
    if (find(KeyRotations.KIND) != null) {
      mesh.round(); // That they are ready is written, and would be a commit of all other work, too.
    }
    edge.releases.runs().forEach(this::session);
    cluster.reconciler.step();
    drains.step();
    farewells.step();
    ca.step();
    rotations.step();
    upgrades.step();
    cluster.time.advance(ROUND);
  }

  /** Rounds until nothing changes any more; {@code least} replicas answer everywhere meanwhile. */
  void run(int least) {
    String before = "";
    int quiet = 0;
    for (int i = 0; i < ROUNDS_MAX && quiet < QUIET; i++) {
      round();
      Invariants.hold(this, least);
      String now = picture();
      quiet = now.equals(before) && unfinished().isEmpty() ? quiet + 1 : 0;
      before = now;
    }
  }

  /** Rounds until nothing changes any more. */
  void settle() {
    run(0);
  }

  private String picture() {
    return cluster.living() + releases().toString();
  }

  /** The agent of a node, and whoever tells its ingress, end or are back. */
  void agent(String node, boolean runs) {
    outside.agent(node, runs);
    if (runs) {
      edge.away.remove(node);
      edge.taken.remove(node); // It has no memory of what its ingress serves.
    } else {
      edge.away.add(node);
    }
  }

  void deploy(String image, int replicas, @Nullable RolloutRequest rollout) {
    cluster.gateway.push("web:2", SECOND, "amd64");
    cluster.deploy(
        new DeployRequest(
            "web", null, image, replicas, null, null, null, null, null, 300L, null, null, null,
            rollout, null, null, null, null));
  }

  /** What an agent's session says of the release it runs. */
  private void session(String node, String release) {
    if (!nodes.find(node).agentVersion().equals(release)) {
      database.change(h -> runs(h, node, release));
      nodes.refresh("n-" + node);
    }
  }

  private static void runs(Handle handle, String node, String release) {
    handle
        .createUpdate(
            """
            UPDATE nodes SET agent_version = :release, contract_version = :contract
            WHERE name = :name
            """)
        .bind("release", release)
        .bind("contract", Contract.VERSION)
        .bind("name", node)
        .execute();
  }

  /** All nodes run the old release, and b the control plane, too; for the worlds after this one. */
  void beforeUpgrade() {
    database.change(h -> {
      NODES.forEach(node -> runs(h, node, OLD));
      h.execute("UPDATE nodes SET control_plane = 1 WHERE name = 'b'");
    });
  }

  /** Brings a release and begins to upgrade all nodes to it. */
  void upgrade() {
    PaperRelease paper =
        PaperRelease.make(folder, NEW, Contract.VERSION, Database.schema(), "linux-x64");
    try (InputStream content = Files.newInputStream(paper.file())) {
      upgrades.upload(paper.sha256(), content, TestCluster.ANNA);
      Operation begun = upgrades.begin(paper.sha256(), null, false, TestCluster.ANNA);
      assertEquals(NODES.size(), begun.total());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void cancel(String kind) {
    operations.cancel(operation(kind).id(), TestCluster.ANNA);
  }

  /** The youngest operation of a kind. */
  Operation operation(String kind) {
    Operation found = find(kind);
    if (found == null) {
      throw new AssertionError("no operation " + kind);
    }
    return found;
  }

  @Nullable Operation find(String kind) {
    return all(kind).stream().findFirst().orElse(null);
  }

  /** Operations of a kind, youngest first. */
  List<Operation> all(String kind) {
    return operations.list(new OperationQuery(kind, null, false, null, 100));
  }

  List<Operation> unfinished() {
    return operations.list(new OperationQuery(null, null, true, null, 100));
  }

  /** Releases of the app, youngest first. */
  List<Deployment> releases() {
    return database.read(h -> DeploymentStore.list(h, cluster.app("web").app().id(), 100));
  }

  Deployment serving() {
    return releases().stream()
        .filter(d -> d.state() == DeploymentState.serving)
        .findFirst()
        .orElseThrow();
  }

  /** Replicas on machines that are there. */
  List<Replica> running() {
    return cluster.living().stream().filter(r -> outside.serves(r.nodeId().substring(2))).toList();
  }

  /** What each ingress that is there serves. */
  Map<String, List<String>> served() {
    Map<String, List<String>> served = new TreeMap<>(edge.routes);
    served.keySet().removeIf(node -> !outside.serves(node));
    return served;
  }

  /** Owners of addresses that are given. */
  List<String> addressOwners() {
    return database.read(h ->
        h.createQuery("SELECT owner_id FROM addresses WHERE released_at IS NULL ORDER BY owner_id")
            .mapTo(String.class)
            .list());
  }

  TestCluster cluster() {
    return cluster;
  }

  Nodes nodes() {
    return nodes;
  }

  Drains drains() {
    return drains;
  }

  NodeRemoval removal() {
    return removal;
  }

  CaRotations ca() {
    return ca;
  }

  KeyRotations rotations() {
    return rotations;
  }

  Meshed mesh() {
    return mesh;
  }

  PaperReleases releasesOfNodes() {
    return edge.releases;
  }

  /** Fingerprints of the CAs that signed the certificates nodes show. */
  Set<String> signers() {
    return edge.trust.values().stream().map(CaTrust::signedBy).collect(Collectors.toSet());
  }

  Backups backups() {
    return backups;
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    database.close();
  }
}
