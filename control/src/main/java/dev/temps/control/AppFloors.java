package dev.temps.control;

import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.contract.agent.CertificateRef;
import dev.temps.contract.agent.ConsoleSpec;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.RemovedVolume;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.control.api.ApiParts;
import dev.temps.control.api.BackupParts;
import dev.temps.control.api.ExecSockets;
import dev.temps.control.api.PublicApi;
import dev.temps.control.backup.Backups;
import dev.temps.control.backup.Restores;
import dev.temps.control.certificate.CertificateService;
import dev.temps.control.deployment.AppService;
import dev.temps.control.deployment.AppStates;
import dev.temps.control.deployment.DeployService;
import dev.temps.control.deployment.DeploymentParts;
import dev.temps.control.deployment.DeploymentReconciler;
import dev.temps.control.deployment.Evictions;
import dev.temps.control.deployment.Fleet;
import dev.temps.control.deployment.LossService;
import dev.temps.control.deployment.MonitoredFleet;
import dev.temps.control.deployment.MonitoredIngresses;
import dev.temps.control.deployment.NodeWorkloads;
import dev.temps.control.deployment.Observations;
import dev.temps.control.deployment.OneOffService;
import dev.temps.control.deployment.PlacementDefaults;
import dev.temps.control.deployment.PlacementService;
import dev.temps.control.deployment.RollbackService;
import dev.temps.control.deployment.VariableService;
import dev.temps.control.deployment.VolumeService;
import dev.temps.control.dispatch.NameSource;
import dev.temps.control.dispatch.ObservationSink;
import dev.temps.control.dispatch.RouteSource;
import dev.temps.control.dispatch.WallSource;
import dev.temps.control.dispatch.WorkloadSource;
import dev.temps.control.domain.DomainService;
import dev.temps.control.drain.Drains;
import dev.temps.control.drain.Farewells;
import dev.temps.control.drain.NodeRemoval;
import dev.temps.control.event.EventStore;
import dev.temps.control.http.PublicPages;
import dev.temps.control.image.Registries;
import dev.temps.control.ingress.AcmeReconciler;
import dev.temps.control.ingress.AcmeService;
import dev.temps.control.ingress.AppRoutes;
import dev.temps.control.ingress.ConsoleRoute;
import dev.temps.control.mesh.ServiceAddresses;
import dev.temps.control.metric.MetricRecorder;
import dev.temps.control.metric.TrafficRecorder;
import dev.temps.control.name.ServiceNames;
import dev.temps.control.node.NodeEvents;
import dev.temps.control.operation.Continued;
import dev.temps.control.operation.Operations;
import dev.temps.control.port.ExposedPorts;
import dev.temps.control.upgrade.MeshOrders;
import dev.temps.control.upgrade.Upgrades;
import dev.temps.control.volume.VolumeStore;
import dev.temps.control.wall.Links;
import dev.temps.control.wall.ProjectWalls;
import dev.temps.control.workload.AgentGateway;
import dev.temps.control.workload.MeshAgentGateway;
import dev.temps.kit.Loop;
import dev.temps.kit.Secret;
import io.helidon.common.Builder;
import io.helidon.webserver.Routing;
import io.helidon.webserver.http.HttpService;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Apps, their deployments and routes, and the public API: wiring only. */
public final class AppFloors implements UpperFloors {
  private static final System.Logger LOG = System.getLogger(AppFloors.class.getName());
  private static final Duration RECONCILE_EVERY = Duration.ofSeconds(1);

  private final Rooms rooms;
  private final EventStore events;
  private final NodeWorkloads workloads;
  private final OneOffService oneOffs;
  private final AppRoutes routes;
  private final ConsoleRoute console;
  private final CertificateService certificates;
  private final AcmeService acme;
  private final AcmeReconciler issuing;
  private final ServiceNames names;
  private final Observations observations;
  private final DeploymentReconciler reconciler;
  private final Drains drains;
  private final Farewells farewells;
  private final Restores restores;
  private final Backups backups;
  private final Upgrades upgrades;
  private final TrafficRecorder traffic;
  private final PublicApi api;
  private final ExecSockets sockets;
  private volatile @Nullable Loop loop;
  private volatile @Nullable Loop housekeeping;
  private volatile @Nullable Loop metrics;
  private volatile @Nullable Loop upgrading;
  private volatile @Nullable Loop issuance;

  /** Floors that ask agents over the mesh. */
  public AppFloors(Rooms rooms) {
    this(rooms, new MeshAgentGateway(rooms::towards, Contract.AGENT_PORT));
  }

  /** Floors that ask agents through {@code gateway}. */
  public AppFloors(Rooms rooms, AgentGateway gateway) {
    this.rooms = rooms;
    this.events = new EventStore(rooms.ids());
    Fleet fleet = new MonitoredFleet(rooms.monitor());
    DeploymentParts parts =
        new DeploymentParts(
            rooms.database(),
            fleet,
            new MonitoredIngresses(
                rooms.directory(), rooms.monitor(), rooms.changes()::routesRevision),
            rooms.addresses(),
            rooms.vault().sealer(),
            events,
            rooms.audit(),
            rooms.ids(),
            rooms.time(),
            this::changed,
            this::observed);
    Registries registries = new Registries(rooms.vault().sealer());
    AppStates states = new AppStates(fleet);
    this.workloads = new NodeWorkloads(registries, rooms.vault().sealer());
    this.oneOffs = new OneOffService(parts, workloads);
    this.certificates =
        new CertificateService(
            rooms.database(),
            rooms.vault().sealer(),
            events,
            rooms.audit(),
            rooms.ids(),
            rooms.time(),
            rooms.changes()::routesChanged);
    this.acme =
        new AcmeService(
            rooms.database(),
            rooms.vault(),
            rooms.audit(),
            rooms.time(),
            rooms.changes()::routesChanged);
    this.console =
        new ConsoleRoute(
            rooms.cluster().domain(),
            rooms.cluster().urls(),
            rooms.directory(),
            rooms.authority()::bundlePem);
    this.issuing =
        acme.reconciler(certificates, parts.ingresses(), events, List.of(console.host()));
    this.routes = new AppRoutes(states, fleet, certificates, rooms.cluster().domain());
    this.names = new ServiceNames(states, fleet);
    this.observations = new Observations(parts);
    this.reconciler = new DeploymentReconciler(parts, gateway);
    this.drains =
        new Drains(
            rooms.database(),
            rooms.nodes(),
            events,
            rooms.audit(),
            rooms.ids(),
            rooms.time(),
            this::nodesChanged);
    NodeRemoval removal =
        new NodeRemoval(
            rooms.database(),
            rooms.nodes(),
            rooms.monitor(),
            new Evictions(parts),
            events,
            rooms.ids(),
            rooms.time(),
            this::nodesChanged);
    this.farewells =
        new Farewells(
            rooms.database(),
            rooms.directory(),
            rooms.monitor(),
            rooms.changes()::peersRevision,
            rooms.time());
    this.restores =
        new Restores(rooms.database(), rooms.directory(), rooms.monitor(), rooms.time());
    this.backups =
        new Backups(
            rooms.database(), rooms.snapshots(), events, rooms.audit(), rooms.ids(), rooms.time());
    this.upgrades =
        new Upgrades(
            rooms.database(),
            rooms.nodes(),
            rooms.monitor()::liveness,
            events,
            rooms.audit(),
            rooms.shelf(),
            new MeshOrders(rooms.courier()),
            rooms.cluster().version(),
            rooms.ids(),
            rooms.time());
    this.traffic = new TrafficRecorder(rooms.database(), rooms.time());
    rooms.monitor().onTraffic(traffic::add); // from the first report on, which has all counters
    ApiParts shown =
        new ApiParts(
            cluster(rooms.cluster()),
            rooms.database(),
            rooms.access(),
            rooms.tokens(),
            rooms.audit(),
            rooms.nodes(),
            rooms.monitor(),
            rooms.invitations(),
            new Operations(rooms.database(), rooms.audit(), rooms.time(), this::wake),
            drains,
            upgrades,
            removal,
            rooms.mesh(),
            rooms.keys(),
            rooms.ca(),
            fleet,
            registries,
            new DomainService(
                rooms.database(),
                rooms.cluster().domain(),
                events,
                rooms.audit(),
                rooms.ids(),
                rooms.time(),
                rooms.changes()::routesChanged),
            certificates,
            acme,
            new DeployService(parts, registries, gateway),
            new RollbackService(parts),
            new VariableService(parts),
            new VolumeService(parts),
            new Links(
                rooms.database(), rooms.audit(), rooms.time(), rooms.changes()::routesChanged),
            new ExposedPorts(
                rooms.database(),
                events,
                rooms.audit(),
                rooms.time(),
                rooms.changes()::routesChanged),
            new AppService(parts),
            new PlacementService(parts),
            new PlacementDefaults(parts),
            new LossService(parts, () -> rooms.monitor().brake().isPresent()),
            oneOffs,
            states,
            routes,
            console,
            rooms.visitors(),
            traffic,
            gateway,
            rooms.changes(),
            new BackupParts(
                rooms.snapshots(), backups, rooms.rounds(), rooms.courier(), rooms.supersession()),
            rooms.time());
    this.api = new PublicApi(shown);
    this.sockets = new ExecSockets(shown);
  }

  /** What one certificate holds, for an ingress node. */
  @Override
  public Optional<Secret> hostCertificate(String id, String hash) {
    return certificates.pem(id, hash);
  }

  private static ApiParts.Cluster cluster(ClusterFacts facts) {
    String url = facts.urls().getFirst();
    return new ApiParts.Cluster(
        facts.id(),
        facts.version(),
        facts.domain(),
        facts.urls(),
        token -> PublicPages.joinLine(url, facts.curlPin(), token));
  }

  /** Desired state changed: agents and the reconciler look again. */
  private void changed() {
    rooms.changes().changed();
    wake();
  }

  /** An operator's wish for a node changed, or a node went: everybody looks again. */
  private void nodesChanged() {
    rooms.changes().nodesChanged();
    changed();
  }

  /** Observed state changed: routes may have, and the reconciler looks again. */
  private void observed() {
    rooms.changes().routesChanged();
    wake();
  }

  private void wake() {
    Loop running = loop;
    if (running != null) {
      running.wake();
    }
  }

  @Override
  public WorkloadSource workloads() {
    return new WorkloadSource() {
      @Override
      public List<WorkloadSpec> forNode(String nodeId) {
        return rooms.database().read(handle -> workloads.on(handle, nodeId));
      }

      @Override
      public String mark(String nodeId) {
        return rooms.database().read(handle -> workloads.mark(handle, nodeId));
      }

      @Override
      public List<RemovedVolume> removedFrom(String nodeId) {
        return rooms
            .database()
            .read(handle -> VolumeStore.removedOn(handle, nodeId, rooms.time().millis()));
      }
    };
  }

  @Override
  public RouteSource routes() {
    return new RouteSource() {
      @Override
      public List<RouteSpec> routes() {
        return rooms.database().read(handle -> routes.all(handle, rooms.time().millis()));
      }

      @Override
      public List<CertificateRef> certificates() {
        return rooms.database().read(certificates::shown);
      }

      @Override
      public List<AcmeAnswer> answers() {
        return acme.answers();
      }

      @Override
      public @Nullable ConsoleSpec console() {
        return rooms.database().read(console::spec);
      }
    };
  }

  @Override
  public WallSource walls() {
    return () -> rooms.database().read(h -> ProjectWalls.all(h, rooms.time().millis()));
  }

  @Override
  public NameSource names() {
    return () -> rooms.database().read(h -> names.all(h, rooms.time().millis()));
  }

  @Override
  public ObservationSink observations() {
    return observations;
  }

  @Override
  public List<HttpService> services() {
    return List.of(api);
  }

  @Override
  public List<Builder<?, ? extends Routing>> routings() {
    return List.of(sockets.routing());
  }

  /** The public API, for those who compare it with its document. */
  PublicApi api() {
    return api;
  }

  @Override
  public NodeEvents events() {
    return (kind, nodeId, name, reason) -> {
      try {
        rooms
            .database()
            .change(
                handle -> events.add(handle, rooms.time().millis(), kind, name, nodeId, reason));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, kind + " " + name + " could not be kept", e);
      }
    };
  }

  @Override
  public void start() {
    certificates.ensureFallback(rooms.cluster().domain());
    if (rooms.database().write(new ServiceAddresses(rooms.time())::assignMissing)) {
      rooms.changes().changed();
    }
    backups.endCutOff();
    oneOffs.recover();
    Continued.tell(rooms.database(), events, rooms.time());
    loop = Loop.start("deployments", RECONCILE_EVERY, this::step, new SecureRandom());
    rooms.monitor().onLiveness(this::wake);
    rooms.monitor().onRoutes(this::wake);
    MetricRecorder recorder = new MetricRecorder(rooms.database(), rooms.time());
    rooms.monitor().onUsage(recorder::add);
    metrics =
        Loop.start(
            "metrics",
            MetricRecorder.STEP_EVERY,
            () -> {
              recorder.step();
              traffic.step();
            },
            new SecureRandom());
    upgrading = Loop.start("upgrades", Upgrades.STEP_EVERY, upgrades::step, new SecureRandom());
    issuance = Loop.start("acme", AcmeReconciler.STEP_EVERY, issuing::step, new SecureRandom());
    Housekeeping history = new Housekeeping(rooms.database(), rooms.time());
    housekeeping =
        Loop.start("housekeeping", Housekeeping.EVERY, history::step, new SecureRandom());
  }

  private void step() {
    reconciler.step();
    drains.step();
    farewells.step();
    restores.step();
  }

  @Override
  public void close() {
    for (Loop running : new @Nullable Loop[] {issuance, upgrading, metrics, housekeeping, loop}) {
      if (running != null) {
        running.close();
      }
    }
  }
}
