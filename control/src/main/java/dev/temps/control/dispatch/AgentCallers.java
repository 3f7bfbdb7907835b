package dev.temps.control.dispatch;

import dev.temps.contract.tls.Identity;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import io.helidon.webserver.http.ServerRequest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which node speaks: the one in the TLS client certificate, if it lives and the certificate is for
 * the very key it registered with. The handshake has checked the signature. Thread-safe.
 */
final class AgentCallers {
  private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  private static final int HOLDERS_MAX = 5_000;

  /** What a certificate says, so that it is not parsed again with every report. */
  private record Holder(String nodeId, String key) {}

  private final Map<X509Certificate, Holder> holders = new ConcurrentHashMap<>();
  private final NodeDirectory directory;
  private final Database database;
  private final Time time;

  AgentCallers(NodeDirectory directory, Database database, Time time) {
    this.directory = directory;
    this.database = database;
    this.time = time;
  }

  /** The node that makes a request, with a certificate of the day. */
  Node node(ServerRequest request) {
    X509Certificate certificate = certificate(request);
    Instant until = certificate.getNotAfter().toInstant();
    if (time.now().isAfter(until.plus(CLOCK_TOLERANCE))) {
      throw Problem.of(
              "certificate-expired",
              401,
              "The node's certificate has expired.",
              "It was good until " + until + ".",
              "The agent renews it with the same key by itself.")
          .raise();
    }
    return node(certificate);
  }

  /** As above, but an expired certificate will do: it is the one to be renewed. */
  Node nodeEvenIfExpired(ServerRequest request) {
    return node(certificate(request));
  }

  private static X509Certificate certificate(ServerRequest request) {
    Optional<Certificate[]> chain = request.remotePeer().tlsCertificates();
    if (chain.isPresent()
        && chain.get().length > 0
        && chain.get()[0] instanceof X509Certificate leaf) {
      return leaf;
    }
    throw Problem.of(
            "certificate-needed",
            401,
            "This needs a node's certificate.",
            "The connection carries none.",
            "Only agents use it; people use /api/v1 with a token.")
        .raise();
  }

  private Node node(X509Certificate certificate) {
    if (holders.size() > HOLDERS_MAX) {
      holders.clear();
    }
    Holder holder = holders.computeIfAbsent(certificate, AgentCallers::holder);
    Node node = directory.find(holder.nodeId()).orElseThrow(() -> gone(holder.nodeId()));
    if (!holder.key().equals(node.identityKey())) {
      throw notANode();
    }
    return node;
  }

  private static Holder holder(X509Certificate certificate) {
    String id =
        Identity.of(certificate)
            .filter(Identity.Node.class::isInstance)
            .map(i -> ((Identity.Node) i).nodeId())
            .orElseThrow(AgentCallers::notANode);
    byte[] key = certificate.getPublicKey().getEncoded();
    return new Holder(id, Base64.getEncoder().encodeToString(key));
  }

  private static ProblemException notANode() {
    return Problem.of(
            "certificate-not-a-node",
            403,
            "The certificate is not that of a node.",
            "It names no node, or another key than the node's.",
            "")
        .raise();
  }

  private ProblemException gone(String id) {
    String when =
        database
            .read(h -> NodeStore.byId(h, id))
            .flatMap(n -> Optional.ofNullable(n.removedAt()))
            .map(at -> "It was removed at " + Instant.ofEpochMilli(at) + ".")
            .orElse("This cluster has no node " + id + ".");
    return Problem.of(
            "node-removed",
            403,
            "This machine is not in the cluster any more.",
            when,
            "Invite it again with: temps node token create")
        .raise();
  }
}
