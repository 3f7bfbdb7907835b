package dev.temps.control;

import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.control.access.Access;
import dev.temps.control.access.Tokens;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.backup.MeshCourier;
import dev.temps.control.backup.Rounds;
import dev.temps.control.backup.Snapshots;
import dev.temps.control.ca.CaRotations;
import dev.temps.control.dispatch.Changes;
import dev.temps.control.http.Visitors;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.mesh.KeyRotations;
import dev.temps.control.mesh.MeshStatus;
import dev.temps.control.mesh.PathReconciler;
import dev.temps.control.node.Invitations;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Nodes;
import dev.temps.control.node.Supersession;
import dev.temps.control.release.ReleaseShelf;
import dev.temps.control.secret.CertificateAuthority;
import dev.temps.control.secret.ControlIdentity;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import javax.net.ssl.SSLContext;

/** The lower floors, ready for use by the upper ones. All of them are thread-safe. */
public record Rooms(
    ClusterFacts cluster,
    Time time,
    Ids ids,
    Database database,
    Vault vault,
    CertificateAuthority authority,
    ControlIdentity identity,
    Access access,
    Tokens tokens,
    AuditLog audit,
    NodeDirectory directory,
    NodeMonitor monitor,
    Nodes nodes,
    Invitations invitations,
    AddressBook addresses,
    MeshStatus mesh,
    PathReconciler paths,
    KeyRotations keys,
    CaRotations ca,
    Changes changes,
    Snapshots snapshots,
    Supersession supersession,
    MeshCourier courier,
    ReleaseShelf shelf,
    Rounds rounds) {

  /** Where requests come from: an ingress node's word is taken when it comes over the mesh. */
  public Visitors visitors() {
    return new Visitors(address ->
        directory.all().stream().anyMatch(n -> n.ingress() && n.meshAddress().equals(address)));
  }

  /** TLS towards one node's agent API: shows the control plane's certificate, trusts that node. */
  public SSLContext towards(String nodeId) {
    return towards(cluster.id(), nodeId, identity, authority, time);
  }

  static SSLContext towards(
      String clusterId,
      String nodeId,
      ControlIdentity identity,
      CertificateAuthority authority,
      Time time) {
    Identity expected = new Identity.Node(clusterId, nodeId);
    return Contexts.of(
        identity.own(), new PeerTrust(authority::bundle, expected::equals, time::now, false));
  }
}
