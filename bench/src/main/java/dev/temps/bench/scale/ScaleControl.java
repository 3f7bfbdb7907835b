package dev.temps.bench.scale;

import dev.temps.contract.agent.RemovedVolume;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.certificate.CertificateService;
import dev.temps.control.deployment.AppService;
import dev.temps.control.deployment.AppStates;
import dev.temps.control.deployment.DeployService;
import dev.temps.control.deployment.DeploymentParts;
import dev.temps.control.deployment.DeploymentReconciler;
import dev.temps.control.deployment.LossService;
import dev.temps.control.deployment.MonitoredFleet;
import dev.temps.control.deployment.MonitoredIngresses;
import dev.temps.control.deployment.NodeWorkloads;
import dev.temps.control.deployment.Observations;
import dev.temps.control.dispatch.Changes;
import dev.temps.control.dispatch.Dispatcher;
import dev.temps.control.dispatch.Reports;
import dev.temps.control.dispatch.WorkloadSource;
import dev.temps.control.event.EventStore;
import dev.temps.control.image.Registries;
import dev.temps.control.ingress.AppRoutes;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.mesh.KeyRotations;
import dev.temps.control.mesh.MeshStatus;
import dev.temps.control.mesh.PathReconciler;
import dev.temps.control.name.ServiceNames;
import dev.temps.control.node.Losses;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Nodes;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.Database;
import dev.temps.control.volume.VolumeStore;
import dev.temps.control.wall.ProjectWalls;
import dev.temps.control.workload.testing.FakeAgentGateway;
import dev.temps.kit.Ids;
import java.util.List;

/**
 * The control plane's own objects as the product wires them, without threads: whoever measures
 * calls the steps.
 */
final class ScaleControl implements AutoCloseable {
  static final Actor ANNA = new Actor("anna", "203.0.113.7");
  static final String DOMAIN = "temps.test";

  final HandTime time;
  final Database database;
  final NodeDirectory directory;
  final NodeMonitor monitor;
  final Losses losses;
  final PathReconciler paths;
  final KeyRotations keys;
  final MeshStatus mesh;
  final DeployService deployer;
  final AppService apps;
  final LossService loss;
  final DeploymentReconciler reconciler;
  final Dispatcher dispatcher;
  final Reports reports;
  final AppRoutes routes;
  final ServiceNames names;
  final Changes changes = new Changes();

  ScaleControl(Database database, Vault vault, Ids ids, HandTime time) {
    this.time = time;
    this.database = database;
    EventStore events = new EventStore(ids);
    AuditLog audit = new AuditLog(time, ids);
    this.directory = new NodeDirectory(database);
    this.monitor =
        new NodeMonitor(
            directory,
            database,
            (kind, id, name, why) ->
                database.change(h -> events.add(h, time.millis(), kind, name, id, why)),
            time,
            ids);
    Nodes nodes = new Nodes(database, directory, audit, time);
    this.losses = new Losses(nodes, monitor, database, audit);
    this.paths =
        new PathReconciler(database, directory, monitor, events, time, changes::nodesChanged);
    this.keys =
        new KeyRotations(database, nodes, monitor, events, audit, ids, time, changes::nodesChanged);
    this.mesh = new MeshStatus(monitor, paths::now);
    MonitoredFleet fleet = new MonitoredFleet(monitor);
    DeploymentParts parts =
        new DeploymentParts(
            database,
            fleet,
            new MonitoredIngresses(directory, monitor, changes::routesRevision),
            new AddressBook(time),
            vault.sealer(),
            events,
            audit,
            ids,
            time,
            changes::changed,
            changes::routesChanged);
    FakeAgentGateway images = new FakeAgentGateway();
    images.push(Crowd.IMAGE, Crowd.DIGEST, "amd64");
    Registries registries = new Registries(vault.sealer());
    AppStates states = new AppStates(fleet);
    this.deployer = new DeployService(parts, registries, images);
    this.apps = new AppService(parts);
    this.loss = new LossService(parts, () -> monitor.brake().isPresent());
    this.reconciler = new DeploymentReconciler(parts, images);
    CertificateService certificates =
        new CertificateService(
            database, vault.sealer(), events, audit, ids, time, changes::routesChanged);
    this.routes = new AppRoutes(states, fleet, certificates, DOMAIN);
    this.names = new ServiceNames(states, fleet);
    NodeWorkloads workloads = new NodeWorkloads(registries, vault.sealer());
    this.dispatcher =
        new Dispatcher(
            new Dispatcher.Cluster(
                "c-bench", 1, DOMAIN, () -> List.of("https://10.208.0.1:8443"), () -> "ca"),
            new Dispatcher.Sources(
                source(workloads),
                () -> database.read(h -> routes.all(h, time.millis())),
                () -> database.read(h -> ProjectWalls.all(h, time.millis())),
                () -> database.read(h -> names.all(h, time.millis())),
                paths::now,
                keys::now,
                changes),
            directory,
            monitor,
            database,
            time,
            () -> {});
    this.reports = new Reports(monitor, new Observations(parts), dispatcher::workloadsRevision);
    directory.onChange(changes::nodesChanged);
    monitor.onLiveness(changes::nodesChanged);
  }

  private WorkloadSource source(NodeWorkloads workloads) {
    return new WorkloadSource() {
      @Override
      public List<WorkloadSpec> forNode(String nodeId) {
        return database.read(handle -> workloads.on(handle, nodeId));
      }

      @Override
      public String mark(String nodeId) {
        return database.read(handle -> workloads.mark(handle, nodeId));
      }

      @Override
      public List<RemovedVolume> removedFrom(String nodeId) {
        return database.read(handle -> VolumeStore.removedOn(handle, nodeId, time.millis()));
      }
    };
  }

  @Override
  public void close() {
    dispatcher.close();
    database.close();
  }
}
