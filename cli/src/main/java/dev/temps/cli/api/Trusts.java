package dev.temps.cli.api;

import dev.temps.cli.context.Context;
import dev.temps.contract.tls.FirstContact;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Time;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a context's server has to show: a control plane of the cluster's CA, or, through an ingress,
 * one certificate that was compared, or one that this machine's own list of authorities vouches
 * for. Stateless.
 */
final class Trusts {
  private Trusts() {}

  static X509ExtendedTrustManager of(Context context, Time time) {
    if (context.caPin().equals(Context.SYSTEM)) {
      return SystemTrust.manager();
    }
    String ca = context.ca();
    if (ca == null) {
      return new ExactTrust(context.caPin(), FirstContact.trust(context.caPin(), time::now));
    }
    List<X509Certificate> bundle = Pem.certificates(ca);
    return bundle.stream().allMatch(Trusts::signs)
        ? new PeerTrust(() -> bundle, Identity.Control.class::isInstance, time::now, false)
        : new ExactTrust(context.caPin(), null);
  }

  private static boolean signs(X509Certificate certificate) {
    return certificate.getBasicConstraints() >= 0;
  }
}
