package dev.temps.contract.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a peer whose certificate was signed by one of the cluster's CAs, or by a CA for which one
 * of them vouches in the peer's chain, and carries an identity the caller accepts; host names and
 * addresses are not looked at. The bundle is asked for at each handshake, so it can be replaced at
 * any time. Thread-safe.
 *
 * <p>Clocks of small servers are wrong now and then: a certificate counts as valid one day before
 * and after its dates. An expired one is let through only when {@code expiredAllowed}, for the one
 * call that renews it; that call's handler looks at the dates itself.
 */
public final class PeerTrust extends X509ExtendedTrustManager {
  private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  private final Supplier<List<X509Certificate>> bundle;
  private final Predicate<Identity> accepted;
  private final Supplier<Instant> now;
  private final boolean expiredAllowed;
  private volatile @Nullable X509Certificate successor;

  /** Trust with the given bundle and rule. */
  public PeerTrust(
      Supplier<List<X509Certificate>> bundle,
      Predicate<Identity> accepted,
      Supplier<Instant> now,
      boolean expiredAllowed) {
    this.bundle = bundle;
    this.accepted = accepted;
    this.now = now;
    this.expiredAllowed = expiredAllowed;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    X509Certificate leaf = chain[0];
    Vouching.Found found =
        Vouching.find(chain, bundle.get())
            .orElseThrow(
                () -> new CertificateException("the peer's certificate is not of this cluster"));
    Identity who =
        Identity.of(leaf)
            .orElseThrow(() -> new CertificateException("the peer's certificate names nobody"));
    if (!accepted.test(who)) {
      throw new CertificateException("unexpected peer " + who.uri());
    }
    Instant today = now.get();
    if (!expiredAllowed) {
      leaf.checkValidity(Date.from(closest(today, leaf)));
    }
    X509Certificate cross = found.cross();
    if (cross != null) {
      cross.checkValidity(Date.from(closest(today, cross)));
      successor = Vouching.own(chain, cross);
    }
  }

  /**
   * The CA that a trusted one vouched for in the last handshake that needed it, because its own
   * bundle did not have it; null when none did.
   */
  public @Nullable X509Certificate successor() {
    return successor;
  }

  private static Instant closest(Instant today, X509Certificate leaf) {
    Instant from = leaf.getNotBefore().toInstant();
    Instant to = leaf.getNotAfter().toInstant();
    if (today.isBefore(from) && today.plus(CLOCK_TOLERANCE).isAfter(from)) {
      return from;
    }
    return today.isAfter(to) && today.minus(CLOCK_TOLERANCE).isBefore(to) ? to : today;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
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
    return new X509Certificate[0]; // Names no CA in the handshake: every client has one identity.
  }
}
