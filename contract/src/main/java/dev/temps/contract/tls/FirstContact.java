package dev.temps.contract.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;

/**
 * First contact of a machine or a person who knows nothing but the CA's fingerprint. The server
 * sends its whole chain; the CA in it must have that fingerprint and must have signed the leaf.
 */
public final class FirstContact {
  private FirstContact() {}

  /**
   * The CA in a chain that has the wanted fingerprint.
   *
   * @param fingerprint 64 hexadecimal letters
   * @throws CertificateException when no certificate of the chain has it
   */
  public static X509Certificate pinned(List<X509Certificate> chain, String fingerprint)
      throws CertificateException {
    return chain.stream()
        .skip(1)
        .filter(c -> Pem.fingerprint(c).equals(fingerprint))
        .findFirst()
        .orElseThrow(() ->
            new CertificateException(
                "this server belongs to another cluster than the token or pin says"));
  }

  /** Trust for a first contact: the chain's own CA, if its fingerprint is right. */
  public static PinnedTrust trust(String fingerprint, Supplier<java.time.Instant> now) {
    return new PinnedTrust(fingerprint, now);
  }

  /** The CA of a finished handshake, e.g. to keep it after the first contact. */
  public static List<X509Certificate> chain(SSLSession session)
      throws javax.net.ssl.SSLPeerUnverifiedException {
    return java.util.Arrays.stream(session.getPeerCertificates())
        .map(X509Certificate.class::cast)
        .toList();
  }
}
