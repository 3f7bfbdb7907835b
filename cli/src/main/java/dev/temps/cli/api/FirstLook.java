package dev.temps.cli.api;

import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.Pem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the CA of a control plane nobody here knows yet, so that a person can compare its
 * fingerprint. Nothing is sent over that connection but the handshake.
 */
public final class FirstLook {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private FirstLook() {}

  /**
   * The CA the server shows with its certificate: the one that signs, or the wanted one when it is
   * shown too, as that before a rotation is. Whether it stands for the server is not proven here.
   *
   * @param wanted fingerprint; null for the one that signs
   */
  public static X509Certificate ca(URI base, @Nullable String wanted) {
    return ca(base, chain(base), wanted);
  }

  /** The same in a chain that was shown. */
  public static X509Certificate ca(URI base, List<X509Certificate> chain, @Nullable String wanted) {
    if (chain.size() < 2) {
      throw Refusals.unreachable(
          base, new CertificateException("it shows no CA: it is no Temps control plane"));
    }
    return chain.stream()
        .skip(1)
        .filter(ca -> Pem.fingerprint(ca).equals(wanted))
        .findFirst()
        .orElse(chain.getLast());
  }

  /** Everything the server shows, its own certificate first. */
  public static List<X509Certificate> chain(URI base) {
    Viewer viewer = new Viewer();
    try (Socket plain = new Socket()) {
      plain.connect(
          new InetSocketAddress(base.getHost(), base.getPort()), (int) TIMEOUT.toMillis());
      plain.setSoTimeout((int) TIMEOUT.toMillis());
      try (SSLSocket socket =
          (SSLSocket)
              Contexts.of(null, viewer)
                  .getSocketFactory()
                  .createSocket(plain, base.getHost(), base.getPort(), true)) {
        socket.startHandshake();
      }
    } catch (IOException e) {
      throw Refusals.unreachable(base, e);
    }
    return viewer.chain;
  }

  /** Takes every certificate and keeps it; only for a connection that carries nothing. */
  private static final class Viewer extends X509ExtendedTrustManager {
    private volatile List<X509Certificate> chain = List.of();

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket) {
      chain = List.of(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) {
      chain = List.of(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type) {
      chain = List.of(shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type)
        throws CertificateException {
      throw new CertificateException("no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
