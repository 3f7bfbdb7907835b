package dev.temps.control.workload;

import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.OwnKey;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.kit.Time;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * What a call to an agent needs for mutual TLS.
 *
 * @param own the control plane's own key and certificate
 * @param bundle the cluster's CA certificates of the moment
 * @param cluster the cluster's id
 */
public record AgentTrust(
    OwnKey own, Supplier<List<X509Certificate>> bundle, String cluster, Time time) {

  /** A context in which only that node's certificate is accepted. */
  SSLContext context(String nodeId) {
    Identity expected = new Identity.Node(cluster, nodeId);
    return Contexts.of(own, new PeerTrust(bundle, expected::equals, time::now, false));
  }
}
