package dev.temps.contract.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts exactly the control plane whose CA has a known fingerprint, and keeps that CA for later.
 * Made by {@link FirstContact#trust}. One per first contact; thread-safe.
 */
public final class PinnedTrust extends X509ExtendedTrustManager {
  private final String fingerprint;
  private final Supplier<Instant> now;
  private volatile @Nullable X509Certificate ca;

  PinnedTrust(String fingerprint, Supplier<Instant> now) {
    this.fingerprint = fingerprint;
    this.now = now;
  }

  /** The CA of the last accepted server; null before the first handshake. */
  public @Nullable X509Certificate ca() {
    return ca;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    X509Certificate found = FirstContact.pinned(Arrays.asList(chain), fingerprint);
    new PeerTrust(() -> List.of(found), Identity.Control.class::isInstance, now, false)
        .checkServerTrusted(chain, "");
    ca = found;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("a first contact has no clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
