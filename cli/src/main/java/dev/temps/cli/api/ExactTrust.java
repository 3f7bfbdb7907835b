package dev.temps.cli.api;

import dev.temps.contract.tls.Pem;
import dev.temps.contract.tls.ServerTrust;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the server that shows exactly one certificate, which a person compared; whose name is in
 * it doesn't matter. Every other is left to another trust. Thread-safe.
 */
final class ExactTrust extends ServerTrust {
  private final String fingerprint;
  private final @Nullable X509ExtendedTrustManager others;

  /** {@code others} null: nobody else is trusted. */
  ExactTrust(String fingerprint, @Nullable X509ExtendedTrustManager others) {
    this.fingerprint = fingerprint;
    this.others = others;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    if (Pem.fingerprint(chain[0]).equals(fingerprint)) {
      return;
    }
    if (others == null) {
      throw new CertificateException(
          "it shows another certificate than the one that was compared at login");
    }
    others.checkServerTrusted(chain, type);
  }
}
