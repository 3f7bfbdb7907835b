package dev.temps.control.api;

import dev.temps.control.access.Access;
import dev.temps.control.access.Tokens;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.ca.CaRotations;
import dev.temps.control.certificate.CertificateService;
import dev.temps.control.deployment.AppService;
import dev.temps.control.deployment.AppStates;
import dev.temps.control.deployment.DeployService;
import dev.temps.control.deployment.Fleet;
import dev.temps.control.deployment.LossService;
import dev.temps.control.deployment.OneOffService;
import dev.temps.control.deployment.PlacementDefaults;
import dev.temps.control.deployment.PlacementService;
import dev.temps.control.deployment.RollbackService;
import dev.temps.control.deployment.VariableService;
import dev.temps.control.deployment.VolumeService;
import dev.temps.control.dispatch.Changes;
import dev.temps.control.domain.DomainService;
import dev.temps.control.drain.Drains;
import dev.temps.control.drain.NodeRemoval;
import dev.temps.control.http.Visitors;
import dev.temps.control.image.Registries;
import dev.temps.control.ingress.AcmeService;
import dev.temps.control.ingress.AppRoutes;
import dev.temps.control.ingress.ConsoleRoute;
import dev.temps.control.mesh.KeyRotations;
import dev.temps.control.mesh.MeshStatus;
import dev.temps.control.metric.TrafficRecorder;
import dev.temps.control.node.Invitations;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Nodes;
import dev.temps.control.operation.Operations;
import dev.temps.control.port.ExposedPorts;
import dev.temps.control.store.Database;
import dev.temps.control.upgrade.Upgrades;
import dev.temps.control.wall.Links;
import dev.temps.control.workload.AgentGateway;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The rooms the API shows.
 *
 * @param cluster what never changes of the cluster
 */
public record ApiParts(
    Cluster cluster,
    Database database,
    Access access,
    Tokens tokens,
    AuditLog audit,
    Nodes nodes,
    NodeMonitor monitor,
    Invitations invitations,
    Operations operations,
    Drains drains,
    Upgrades upgrades,
    NodeRemoval removal,
    MeshStatus mesh,
    KeyRotations keys,
    CaRotations ca,
    Fleet fleet,
    Registries registries,
    DomainService domains,
    CertificateService certificates,
    AcmeService acme,
    DeployService deployer,
    RollbackService rollbacks,
    VariableService variables,
    VolumeService volumes,
    Links links,
    ExposedPorts ports,
    AppService apps,
    PlacementService placements,
    PlacementDefaults placementDefaults,
    LossService losses,
    OneOffService oneOffs,
    AppStates states,
    AppRoutes routes,
    ConsoleRoute console,
    Visitors visitors,
    TrafficRecorder traffic,
    AgentGateway gateway,
    Changes changes,
    BackupParts backup,
    Time time) {

  /**
   * What never changes while the control plane runs.
   *
   * @param urls public URLs, best first
   * @param joinLine makes a token into the line to paste on a new machine
   */
  public record Cluster(
      String id, String version, String domain, List<String> urls, UnaryOperator<Secret> joinLine) {
    public Cluster {
      urls = List.copyOf(urls);
    }
  }
}
