package dev.temps.cli.command;

import dev.temps.cli.api.FirstLook;
import dev.temps.cli.api.SystemTrust;
import dev.temps.cli.context.Context;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a login goes in: at the control plane itself, which shows the cluster's CA, or through an
 * ingress, which shows what it shows to visitors.
 *
 * @param certificate that the server will be known by; null: one this machine trusts anyway
 * @param what it is, for people
 */
record LoginDoor(URI base, @Nullable X509Certificate certificate, String what) {
  /** The cluster's own, which the control plane shows. */
  static final String CA = "CA";

  private static final String CERTIFICATE = "certificate";

  /** The fingerprint as contexts keep it. */
  String pin() {
    return certificate == null ? Context.SYSTEM : Pem.fingerprint(certificate);
  }

  /** The certificate as contexts keep it. */
  @Nullable String pem() {
    return certificate == null ? null : Context.pem(certificate);
  }

  /**
   * Looks at each address until one shows a way in.
   *
   * @param wanted fingerprint; null when none was given
   * @throws ProblemException when nothing answers
   */
  static LoginDoor find(List<URI> addresses, @Nullable String wanted) {
    LoginDoor stranger = null;
    ProblemException silent = null;
    for (URI base : addresses) {
      try {
        List<X509Certificate> chain = FirstLook.chain(base);
        if (chain.size() > 1 && isControl(chain.getFirst())) {
          return new LoginDoor(base, FirstLook.ca(base, chain, wanted), CA);
        }
        LoginDoor seen = new LoginDoor(base, chain.getFirst(), CERTIFICATE);
        if (seen.pin().equals(wanted)) {
          return seen;
        }
        if (wanted == null && SystemTrust.vouchesFor(base)) {
          return new LoginDoor(base, null, CERTIFICATE);
        }
        stranger = stranger == null ? seen : stranger;
      } catch (ProblemException e) {
        silent = e;
      }
    }
    if (stranger != null) {
      return stranger;
    }
    throw silent == null ? Problem.missing("control plane", "", "").raise() : silent;
  }

  private static boolean isControl(X509Certificate shown) {
    return Identity.of(shown).filter(Identity.Control.class::isInstance).isPresent();
  }
}
