package dev.temps.contract.tls;

import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Who a certificate speaks for: a URI name in it, {@code temps://CLUSTER/node/ID} or {@code
 * temps://CLUSTER/control}. Never an address.
 */
public sealed interface Identity {
  /** Cluster the identity belongs to. */
  String cluster();

  /** The name as it stands in the certificate. */
  URI uri();

  /** A node's agent. */
  record Node(String cluster, String nodeId) implements Identity {
    @Override
    public URI uri() {
      return URI.create("temps://" + cluster + "/node/" + nodeId);
    }
  }

  /** A control plane. */
  record Control(String cluster) implements Identity {
    @Override
    public URI uri() {
      return URI.create("temps://" + cluster + "/control");
    }
  }

  /** The identity in a certificate; empty when it carries none of ours. */
  static Optional<Identity> of(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) {
        return Optional.empty();
      }
      return names.stream()
          .filter(n -> Integer.valueOf(6).equals(n.getFirst())) // 6 = URI, RFC 5280 4.2.1.6
          .flatMap(n -> parse(String.valueOf(n.get(1))).stream())
          .findFirst();
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
  }

  /** Parses a URI name; empty when it is not one of ours. */
  static Optional<Identity> parse(String text) {
    if (!text.startsWith("temps://")) {
      return Optional.empty();
    }
    String[] parts = text.substring("temps://".length()).split("/", -1);
    if (parts.length == 2 && parts[1].equals("control")) {
      return Optional.of(new Control(parts[0]));
    }
    if (parts.length == 3 && parts[1].equals("node") && !parts[2].isEmpty()) {
      return Optional.of(new Node(parts[0], parts[2]));
    }
    return Optional.empty();
  }
}
