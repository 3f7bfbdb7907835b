package dev.temps.contract.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes TLS contexts, 1.3 where both ends can. Stateless. */
public final class Contexts {
  private Contexts() {}

  /** A context; without {@code own} it shows no certificate, as the CLI does. */
  public static SSLContext of(@Nullable OwnKey own, X509ExtendedTrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          own == null ? null : new KeyManager[] {own},
          new TrustManager[] {trust},
          new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
