package dev.temps.cli.api;

import dev.temps.contract.tls.Contexts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authorities this machine trusts as browsers do: those of the Java runtime and those of the
 * distribution, to which people add their own. Stateless.
 */
public final class SystemTrust {
  private static final Path DISTRIBUTION = Path.of("/etc/ssl/certs/ca-certificates.crt");
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private SystemTrust() {}

  /** Trust for servers whose certificate names the host that was asked for. */
  static X509ExtendedTrustManager manager() {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int number = 0;
      for (X509Certificate one : managerOver(null).getAcceptedIssuers()) {
        all.setCertificateEntry("r" + ++number, one);
      }
      if (Files.isReadable(DISTRIBUTION)) {
        try (InputStream in = Files.newInputStream(DISTRIBUTION)) {
          for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
            all.setCertificateEntry("d" + ++number, one);
          }
        }
      }
      return managerOver(all);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this machine's list of authorities can't be read", e);
    }
  }

  private static X509ExtendedTrustManager managerOver(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "no trust manager among " + Arrays.toString(factory.getTrustManagers())));
  }

  /** Whether the server shows a certificate for its name that this machine trusts. */
  public static boolean vouchesFor(URI base) {
    try (Socket plain = new Socket()) {
      plain.connect(
          new InetSocketAddress(base.getHost(), base.getPort()), (int) TIMEOUT.toMillis());
      plain.setSoTimeout((int) TIMEOUT.toMillis());
      try (SSLSocket socket =
          (SSLSocket)
              Contexts.of(null, manager())
                  .getSocketFactory()
                  .createSocket(plain, base.getHost(), base.getPort(), true)) {
        SSLParameters named = socket.getSSLParameters();
        named.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(named);
        socket.startHandshake();
        return true;
      }
    } catch (IOException e) {
      return false; // what it shows says nothing to this machine
    }
  }
}
