package dev.temps.contract.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trusts exactly the control plane whose CA has a known fingerprint, and keeps that CA for later.
 * Made by {@link FirstContact#trust}. One per first contact; thread-safe.
 */
public final class PinnedTrust extends ServerTrust {
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

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    X509Certificate found = FirstContact.pinned(Arrays.asList(chain), fingerprint);
    new PeerTrust(() -> List.of(found), Identity.Control.class::isInstance, now, false)
        .checkServerTrusted(chain, "");
    ca = found;
  }
}
