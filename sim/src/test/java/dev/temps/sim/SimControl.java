package dev.temps.sim;

import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.backup.Restores;
import dev.temps.control.backup.Rounds;
import dev.temps.control.backup.Successors;
import dev.temps.control.certificate.CertificateService;
import dev.temps.control.deployment.AppService;
import dev.temps.control.deployment.AppStates;
import dev.temps.control.deployment.DeployService;
import dev.temps.control.deployment.DeploymentParts;
import dev.temps.control.deployment.DeploymentReconciler;
import dev.temps.control.deployment.Evictions;
import dev.temps.control.deployment.Fleet;
import dev.temps.control.deployment.MonitoredFleet;
import dev.temps.control.deployment.MonitoredIngresses;
import dev.temps.control.deployment.NodeWorkloads;
import dev.temps.control.deployment.Observations;
import dev.temps.control.deployment.RollbackService;
import dev.temps.control.deployment.VolumeService;
import dev.temps.control.dispatch.Changes;
import dev.temps.control.dispatch.Dispatcher;
import dev.temps.control.dispatch.Reports;
import dev.temps.control.drain.Drains;
import dev.temps.control.drain.Farewells;
import dev.temps.control.drain.NodeRemoval;
import dev.temps.control.event.EventStore;
import dev.temps.control.image.Registries;
import dev.temps.control.ingress.AppRoutes;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.mesh.KeyRotations;
import dev.temps.control.mesh.PathReconciler;
import dev.temps.control.mesh.ServiceAddresses;
import dev.temps.control.name.ServiceNames;
import dev.temps.control.node.Invitations;
import dev.temps.control.node.Losses;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Nodes;
import dev.temps.control.node.Registration;
import dev.temps.control.node.Sessions;
import dev.temps.control.node.Supersession;
import dev.temps.control.operation.Continued;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.Database;
import dev.temps.control.store.Settings;
import dev.temps.control.wall.ProjectWalls;
import dev.temps.kit.Ids;
import java.nio.file.Path;
import java.util.List;

/**
 * One process of a control plane: the objects of the product as {@code ControlPlane} wires them,
 * its loops on simulated time. It ends as by SIGKILL between two pieces of work; its store stays.
 */
final class SimControl {
  static final Actor ANNA = new Actor("anna", "203.0.113.7");
  static final String CA = "ab".repeat(32);
  private static final String DOMAIN = "temps.test";
  private static final long RECONCILE_EVERY = 1_000;
  private static final long KEYS_EVERY = 300;
  private static final long BUSY = 80; // a loop that is woken has others before it

  final String machine;
  final Path folder;
  final Life life;
  final SimClock clock;
  final long epoch;
  final Database database;
  final NodeDirectory directory;
  final NodeMonitor monitor;
  final Nodes nodes;
  final Losses losses;
  final Invitations invitations;
  final Registration registration;
  final Sessions sessions;
  final Supersession supersession;
  final Dispatcher dispatcher;
  final Reports reports;
  final NodeWorkloads workloads;
  final DeployService deployer;
  final RollbackService rollbacks;
  final AppService apps;
  final VolumeService volumes;
  final Drains drains;
  final NodeRemoval removal;
  final AppStates states;
  private final SimWorld world;
  private final Changes changes = new Changes();
  private final DeploymentReconciler reconciler;
  private final Farewells farewells;
  private final Restores restores;
  private final Runnable wake;
  private boolean dirty = true;

  /** Starts on {@code machine} from the store in {@code folder}. */
  SimControl(SimWorld world, String machine, Path folder) {
    this.world = world;
    this.machine = machine;
    this.folder = folder;
    this.clock = world.clock(machine);
    this.life = new Life(world.time);
    this.database = SimStore.open(folder);
    Ids ids = world.ids;
    Vault vault = SimStore.vault(folder, database, clock);
    this.epoch = Long.parseLong(database.read(h -> Settings.get(h, SimStore.EPOCH)));
    EventStore events = new EventStore(ids);
    AuditLog audit = new AuditLog(clock, ids);
    this.directory = new NodeDirectory(database);
    this.monitor =
        new NodeMonitor(directory, database, (kind, _, _, why) -> told(kind, why), clock, ids);
    this.nodes = new Nodes(database, directory, audit, clock);
    this.losses = new Losses(nodes, monitor, database, audit);
    this.invitations = new Invitations(database, audit, clock, ids, () -> CA);
    this.registration = new Registration(database, audit, clock, ids, CA::equals);
    this.sessions = new Sessions(database, directory, monitor);
    this.supersession = new Supersession(database, epoch);
    PathReconciler paths =
        new PathReconciler(database, directory, monitor, events, clock, changes::nodesChanged);
    KeyRotations keys =
        new KeyRotations(
            database, nodes, monitor, events, audit, ids, clock, changes::nodesChanged);
    Fleet fleet = Bugs.fleet(world.bug, new MonitoredFleet(monitor));
    this.wake = life.bell(BUSY, this::reconcile);
    DeploymentParts parts =
        new DeploymentParts(
            database,
            fleet,
            new MonitoredIngresses(directory, monitor, changes::routesRevision),
            new AddressBook(clock),
            vault.sealer(),
            events,
            audit,
            ids,
            clock,
            this::changed,
            this::observed);
    Registries registries = new Registries(vault.sealer());
    this.states = new AppStates(fleet);
    this.workloads = new NodeWorkloads(registries, vault.sealer());
    this.deployer = new DeployService(parts, registries, world.images);
    this.rollbacks = new RollbackService(parts);
    this.apps = new AppService(parts);
    this.volumes = new VolumeService(parts);
    this.reconciler = new DeploymentReconciler(parts, world.images);
    this.drains = new Drains(database, nodes, events, audit, ids, clock, this::nodesChanged);
    this.removal =
        new NodeRemoval(
            database, nodes, monitor, new Evictions(parts), events, ids, clock, this::nodesChanged);
    this.farewells = new Farewells(database, directory, monitor, changes::peersRevision, clock);
    this.restores = new Restores(database, directory, monitor, clock);
    CertificateService certificates =
        new CertificateService(
            database, vault.sealer(), events, audit, ids, clock, changes::routesChanged);
    AppRoutes routes = new AppRoutes(states, fleet, certificates, DOMAIN);
    ServiceNames names = new ServiceNames(states, fleet);
    Runnable dispatch = life.bell(BUSY, () -> dispatcher().step());
    this.dispatcher =
        new Dispatcher(
            new Dispatcher.Cluster(
                SimStore.CLUSTER, epoch, DOMAIN, () -> List.of("https://" + machine), () -> "ca"),
            new Dispatcher.Sources(
                Bugs.workloads(world.bug, this),
                () -> database.read(h -> routes.all(h, clock.millis())),
                () -> database.read(h -> ProjectWalls.all(h, clock.millis())),
                () -> database.read(h -> names.all(h, clock.millis())),
                paths::now,
                keys::now,
                changes),
            directory,
            monitor,
            database,
            clock,
            dispatch);
    this.reports = new Reports(monitor, new Observations(parts), dispatcher::workloadsRevision);
    directory.onChange(changes::nodesChanged);
    monitor.onLiveness(changes::nodesChanged);
    monitor.onLiveness(wake);
    monitor.onRoutes(wake);
    monitor.onAccount(life.bell(1, monitor::step));
    if (database.write(new ServiceAddresses(clock)::assignMissing)) {
      changes.changed();
    }
    Continued.tell(database, events, clock);
    life.every(RECONCILE_EVERY, RECONCILE_EVERY, this::reconcile);
    life.every(RECONCILE_EVERY, RECONCILE_EVERY, dispatcher::step);
    long watch = NodeMonitor.STEP_EVERY.toMillis();
    life.every(watch, watch, monitor::step);
    long mesh = PathReconciler.STEP_EVERY.toMillis();
    life.every(mesh, mesh, paths::step);
    life.every(KEYS_EVERY, KEYS_EVERY, keys::step);
    Successors successors =
        new Successors(new SimCourier(world, machine), directory, monitor, supersession, epoch);
    long ask = Rounds.STEP_EVERY.toMillis();
    life.every(ask, ask, successors::step);
  }

  private Dispatcher dispatcher() {
    return dispatcher;
  }

  private void told(String kind, String why) {
    world.note(kind + " " + why);
  }

  private void reconcile() {
    reconciler.step();
    drains.step();
    farewells.step();
    restores.step();
    dirty = true;
  }

  private void changed() {
    dirty = true;
    changes.changed();
    wake.run();
  }

  private void nodesChanged() {
    changes.nodesChanged();
    changed();
  }

  private void observed() {
    dirty = true;
    changes.routesChanged();
    wake.run();
  }

  /** Whether the store may be another one than when this was asked last. */
  boolean takeDirty() {
    boolean was = dirty;
    dirty = false;
    return was;
  }

  /** Whether it carries out what people ask for. */
  boolean serves() {
    return !life.over() && !life.stopped() && !supersession.replaced();
  }

  /** SIGKILL. */
  void kill() {
    if (!life.over()) {
      life.end();
      dispatcher.close();
      database.close();
    }
  }
}
