package dev.temps.contract.tls;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who stands for a certificate: a trusted CA that signed it, or a trusted CA that signed the
 * certificate of the CA that did. The second is how a CA's successor is believed by those who only
 * know the one before it; one step and no more. Stateless.
 */
public final class Vouching {
  private Vouching() {}

  /**
   * What was found.
   *
   * @param cross the successor's certificate signed by the trusted CA; null when that signed the
   *     leaf itself
   */
  record Found(@Nullable X509Certificate cross) {}

  /** Whether {@code ca} signed {@code certificate}. */
  public static boolean signedBy(X509Certificate certificate, X509Certificate ca) {
    if (!certificate.getIssuerX500Principal().equals(ca.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(ca.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false; // Signed by somebody else: the answer, not a failure.
    }
  }

  /** Looks for one of {@code trusted} that stands for the chain's first certificate. */
  static Optional<Found> find(X509Certificate[] chain, List<X509Certificate> trusted) {
    X509Certificate leaf = chain[0];
    if (trusted.stream().anyMatch(ca -> signedBy(leaf, ca))) {
      return Optional.of(new Found(null));
    }
    for (int i = 1; i < chain.length; i++) {
      X509Certificate between = chain[i];
      if (isAuthority(between)
          && signedBy(leaf, between)
          && trusted.stream().anyMatch(ca -> signedBy(between, ca))) {
        return Optional.of(new Found(between));
      }
    }
    return Optional.empty();
  }

  /** The certificate in the chain by which the CA of {@code cross} stands for itself. */
  static @Nullable X509Certificate own(X509Certificate[] chain, X509Certificate cross) {
    for (X509Certificate one : chain) {
      if (isAuthority(one)
          && one.getPublicKey().equals(cross.getPublicKey())
          && signedBy(one, one)) {
        return one;
      }
    }
    return null;
  }

  private static boolean isAuthority(X509Certificate certificate) {
    return certificate.getBasicConstraints() >= 0;
  }
}
