package dev.temps.control;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.api.Serving;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.JoinToken;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.control.access.Access;
import dev.temps.control.access.Tokens;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.backup.MeshCourier;
import dev.temps.control.backup.Rounds;
import dev.temps.control.backup.Snapshots;
import dev.temps.control.ca.CaRotations;
import dev.temps.control.ca.CaSight;
import dev.temps.control.dispatch.AgentHttp;
import dev.temps.control.dispatch.Changes;
import dev.temps.control.dispatch.Dispatcher;
import dev.temps.control.event.EventStore;
import dev.temps.control.http.Problems;
import dev.temps.control.http.PublicPages;
import dev.temps.control.http.ReleaseArchive;
import dev.temps.control.http.SecureServer;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.mesh.KeyRotations;
import dev.temps.control.mesh.MeshStatus;
import dev.temps.control.mesh.PathReconciler;
import dev.temps.control.node.Invitations;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeEvents;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Nodes;
import dev.temps.control.node.Registration;
import dev.temps.control.node.Sessions;
import dev.temps.control.node.Supersession;
import dev.temps.control.release.ReleaseShelf;
import dev.temps.control.secret.CertificateAuthority;
import dev.temps.control.secret.ControlIdentity;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.DataDirectory;
import dev.temps.control.store.Database;
import dev.temps.control.store.Settings;
import dev.temps.kit.Ids;
import dev.temps.kit.Loop;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import io.helidon.webserver.http.HttpRouting;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * A running control plane: all wiring, in floor order. Everything that was started is closed in
 * reverse order.
 */
public final class ControlPlane implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ControlPlane.class.getName());
  private static final Duration DISPATCH_REPAIR = Duration.ofSeconds(1);
  private static final Duration KEYS_STEP_EVERY = Duration.ofMillis(300);
  private static final Duration CERTIFICATE_CHECK = Duration.ofHours(1);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ServeOptions options;
  private final Time time;
  private final Ids ids;

  /** Set as soon as the rooms above are there, which the rooms below are made before. */
  private volatile NodeEvents events = (_, _, _, _) -> {};

  private volatile Runnable wake = () -> {};

  private ControlPlane(ServeOptions options, Time time, Ids ids) {
    this.options = options;
    this.time = time;
    this.ids = ids;
  }

  /**
   * Makes the cluster at the first start, and keeps options that were named at a later one.
   *
   * @return what is to be shown once, until {@link #shown} was called; empty ever after
   * @throws dev.temps.kit.ProblemException when something is in the way, in words
   */
  public static Optional<Serving> initialize(ServeOptions options, Time time, Ids ids) {
    return new FirstStart(options, time, ids).run();
  }

  /** The secrets of the first start were shown to a person: they are forgotten. */
  public static void shown(ServeOptions options, Time time, Ids ids) {
    new FirstStart(options, time, ids).shown();
  }

  /**
   * An invitation for the machine the control plane runs on, good for ten minutes; the node that
   * uses it is marked. Works beside a running control plane on the same data directory.
   */
  public static JoinToken localInvitation(ServeOptions options, Time time, Ids ids) {
    ServeFile serve = ServeFile.merged(options, ServeFile.read(options.dataDir()));
    try (Database database = Database.open(serve.database(options.dataDir()))) {
      Vault vault = FirstStart.vault(options, database, time, ids).vault();
      CertificateAuthority authority =
          database.read(h -> CertificateAuthority.load(h, vault, clusterId(h), time));
      return new Invitations(database, new AuditLog(time, ids), time, ids, authority::fingerprint)
          .createLocal()
          .token();
    }
  }

  /**
   * Whether a control plane lies in that data directory, or what an interrupted restore left of
   * one. A folder alone says nothing: a restore that was refused or taken back leaves it.
   */
  public static boolean isIn(Path dataDir) {
    return RestoreGround.holds(dataDir);
  }

  /**
   * Puts a control plane back from a snapshot into a data directory that has none; its epoch is one
   * higher than any known, so that agents prefer it to the one that was lost. To be started after.
   *
   * @param snapshot the file, or a folder of them: the newest is taken
   * @param recoveryKey of the cluster
   * @param place makes this machine the node that was lost; called only when it is no node yet and
   *     the snapshot holds one
   * @throws dev.temps.kit.ProblemException when something is in the way, in words; nothing was
   *     changed then
   */
  public static Restored restore(
      ServeOptions options,
      Path snapshot,
      Secret recoveryKey,
      Consumer<Restored.LostNode> place,
      Time time,
      Ids ids) {
    return new Restore(options, time, ids).run(snapshot, recoveryKey, place);
  }

  private static String clusterId(org.jdbi.v3.core.Handle handle) {
    return Settings.find(handle, FirstStart.CLUSTER)
        .orElseThrow(() ->
            Problem.conflict(
                    "not-initialized",
                    "There is no cluster in this data directory yet.",
                    "",
                    "Start it with: temps serve")
                .raise());
  }

  /** Starts the whole control plane; see the other {@code start}. */
  public static ControlPlane start(ServeOptions options, Time time, Ids ids) {
    return start(options, time, ids, AppFloors::new);
  }

  /**
   * Starts the control plane of an initialized data directory; it answers when this returns.
   *
   * @param upper builds what stands on the lower floors
   * @throws dev.temps.kit.ProblemException when something is in the way, in words
   */
  public static ControlPlane start(
      ServeOptions options, Time time, Ids ids, Function<Rooms, UpperFloors> upper) {
    ControlPlane plane = new ControlPlane(options, time, ids);
    try {
      plane.run(upper);
      return plane;
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  private void run(Function<Rooms, UpperFloors> upper) {
    keep(DataDirectory.lock(options.dataDir()));
    RestoreGround.refuseUnfinished(options.dataDir());
    ServeFile serve = ServeFile.merged(options, ServeFile.read(options.dataDir()));
    Trial trial = Trial.of(options.places(), options.home(), serve.database(options.dataDir()));
    Database database = keep(trial.open(serve.database(options.dataDir())));
    Rooms rooms =
        lowerFloors(serve, database, (k, id, name, why) -> events.happened(k, id, name, why));
    UpperFloors apps = keep(upper.apply(rooms));
    events = apps.events();

    Dispatcher.Cluster cluster =
        new Dispatcher.Cluster(
            rooms.cluster().id(),
            rooms.cluster().epoch(),
            rooms.cluster().domain(),
            () -> controls(rooms),
            rooms.authority()::bundlePem);
    Dispatcher dispatcher =
        new Dispatcher(
            cluster,
            new Dispatcher.Sources(
                apps.workloads(),
                apps.routes(),
                apps.walls(),
                apps.names(),
                rooms.paths()::now,
                rooms.keys()::now,
                rooms.changes()),
            rooms.directory(),
            rooms.monitor(),
            rooms.database(),
            time,
            () -> wake.run());
    rooms.directory().onChange(rooms.changes()::nodesChanged);
    rooms.monitor().onLiveness(rooms.changes()::nodesChanged);

    SecureRandom random = new SecureRandom();
    Loop dispatching = keep(Loop.start("dispatcher", DISPATCH_REPAIR, dispatcher::step, random));
    wake = dispatching::wake;
    Loop watching =
        keep(Loop.start("node-monitor", NodeMonitor.STEP_EVERY, rooms.monitor()::step, random));
    rooms.monitor().onAccount(watching::wake);
    trial.whenOver(() -> {
      apps.start();
      keep(Loop.start("mesh-paths", PathReconciler.STEP_EVERY, rooms.paths()::step, random));
      keep(Loop.start("mesh-keys", KEYS_STEP_EVERY, rooms.keys()::step, random));
      keep(Loop.start("ca", KEYS_STEP_EVERY, rooms.ca()::step, random));
      keep(Loop.start("snapshots", Rounds.STEP_EVERY, rooms.rounds()::step, random));
    });
    keep(Loop.start("trial", Trial.STEP_EVERY, trial::step, random));
    keep(Loop.start("certificate", CERTIFICATE_CHECK, rooms.identity()::step, random));
    keep(serve(rooms, apps, cluster, dispatcher, trial));
    keep(dispatcher); // closed first: its waiting polls would hold the server's end up
  }

  private Rooms lowerFloors(ServeFile serve, Database database, NodeEvents events) {
    String cluster = database.read(ControlPlane::clusterId);
    Vault vault = FirstStart.vault(options, database, time, ids).vault();
    CertificateAuthority authority =
        database.read(h -> CertificateAuthority.load(h, vault, cluster, time));
    List<String> names = Advertised.certificateNames(serve.advertise());
    ControlIdentity identity =
        database.read(h -> ControlIdentity.load(h, vault, authority, names, time));
    ClusterFacts facts =
        new ClusterFacts(
            cluster,
            Long.parseLong(database.read(h -> Settings.get(h, FirstStart.EPOCH))),
            serve.domain(),
            serve.urls(options.port()),
            identity.curlPin(),
            version());
    AuditLog audit = new AuditLog(time, ids);
    NodeDirectory directory = new NodeDirectory(database);
    NodeMonitor monitor = new NodeMonitor(directory, database, events, time, ids);
    Changes changes = new Changes();
    Nodes nodes = new Nodes(database, directory, audit, time);
    EventStore history = new EventStore(ids);
    PathReconciler paths =
        new PathReconciler(database, directory, monitor, history, time, changes::nodesChanged);
    KeyRotations keys =
        new KeyRotations(
            database, nodes, monitor, history, audit, ids, time, changes::nodesChanged);
    CaRotations ca =
        new CaRotations(
            database,
            authority,
            nodes,
            CaSight.of(monitor),
            history,
            audit,
            ids,
            time,
            () -> {
              identity.step();
              changes.nodesChanged();
            });
    Snapshots snapshots = snapshots(facts, database, vault);
    Supersession supersession = new Supersession(database, facts.epoch());
    MeshCourier courier =
        new MeshCourier(
            node -> Rooms.towards(cluster, node, identity, authority, time), Contract.AGENT_PORT);
    return new Rooms(
        facts,
        time,
        ids,
        database,
        vault,
        authority,
        identity,
        new Access(database, time),
        new Tokens(database, audit, time, ids),
        audit,
        directory,
        monitor,
        nodes,
        new Invitations(database, audit, time, ids, authority::fingerprint),
        new AddressBook(time),
        new MeshStatus(monitor, paths::now),
        paths,
        keys,
        ca,
        changes,
        snapshots,
        supersession,
        courier,
        new ReleaseShelf(options.dataDir().resolve("releases")),
        new Rounds(
            database, snapshots, courier, directory, monitor, supersession, facts.epoch(), time));
  }

  private Snapshots snapshots(ClusterFacts facts, Database database, Vault vault) {
    Path dataDir = options.dataDir();
    return new Snapshots(
        new Snapshots.Cluster(facts.id(), facts.epoch(), facts.version()),
        database,
        vault,
        new Snapshots.Places(
            dataDir.resolve("snapshot"), ServeFile.path(dataDir), options.agentFolder()),
        time);
  }

  private SecureServer serve(
      Rooms rooms,
      UpperFloors apps,
      Dispatcher.Cluster cluster,
      Dispatcher dispatcher,
      Trial trial) {
    AgentHttp agents =
        new AgentHttp(
            new AgentHttp.Parts(
                cluster,
                rooms.authority(),
                new Registration(
                    rooms.database(), rooms.audit(), time, ids, rooms.authority()::trusts),
                new Sessions(rooms.database(), rooms.directory(), rooms.monitor()),
                rooms.monitor(),
                rooms.directory(),
                dispatcher,
                apps.observations(),
                rooms.database(),
                rooms.supersession(),
                time,
                rooms.cluster().version(),
                rooms.shelf(),
                apps::hostCertificate));
    ReleaseArchive release =
        new ReleaseArchive(options.release(), options.home(), options.dataDir().resolve("release"));
    HttpRouting.Builder routing = HttpRouting.builder();
    Problems.handle(routing);
    routing.any("/*", rooms.visitors()::gate);
    routing.any("/*", trial.gate());
    routing.register(agents);
    routing.register(
        new PublicPages(
            rooms.cluster().urls(),
            rooms.cluster().curlPin(),
            rooms.authority()::bundlePem,
            release));
    apps.services().forEach(routing::register);
    routing.any(Problems::unknownPath);
    return SecureServer.start(options.port(), tls(rooms), routing, apps.routings());
  }

  /** Expired node certificates get through the handshake, and then only to their renewal. */
  private SSLContext tls(Rooms rooms) {
    PeerTrust trust =
        new PeerTrust(
            rooms.authority()::bundle,
            who -> who instanceof Identity.Node n && n.cluster().equals(rooms.cluster().id()),
            time::now,
            true);
    return Contexts.of(rooms.identity().own(), trust);
  }

  /** Control URLs for agents: over the mesh first, the public ones as a way back. */
  private List<String> controls(Rooms rooms) {
    Stream<String> mesh =
        rooms.directory().all().stream()
            .filter(Node::controlPlane)
            .map(n -> Advertised.url(n.meshAddress(), options.port()));
    return Stream.concat(mesh, rooms.cluster().urls().stream()).toList();
  }

  private static String version() {
    return System.getProperty("temps.version", "dev"); // set by the program's start
  }

  private <T extends AutoCloseable> T keep(T opened) {
    synchronized (open) {
      open.push(opened);
    }
    return opened;
  }

  /** The port the API answers on. */
  public int port() {
    return options.port();
  }

  /** Stops everything in reverse order; failures are logged and stop nothing. */
  @Override
  public void close() {
    while (true) {
      AutoCloseable next;
      synchronized (open) {
        next = open.poll();
      }
      if (next == null) {
        return;
      }
      try {
        next.close();
      } catch (Exception e) {
        LOG.log(Level.WARNING, next.getClass().getSimpleName() + " did not close", e);
      }
    }
  }
}
