package dev.temps.cli.context;

import dev.temps.contract.tls.Pem;
import io.avaje.jsonb.Json;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A control plane and how to be let in.
 *
 * @param name what the person calls it
 * @param url base address, e.g. https://cp.example.com:8443
 * @param caPin SHA-256 of the CA's certificate, 64 hexadecimal letters; of the server's own when it
 *     is an ingress; {@link #SYSTEM} when this machine trusts it as browsers do
 * @param ca that certificate, PEM; null: known by its pin only
 * @param token bearer token, a secret
 */
@Json
public record Context(String name, String url, String caPin, @Nullable String ca, String token) {
  /** In place of a fingerprint: the authorities this machine trusts. */
  public static final String SYSTEM = "system";

  /** The same with another CA. */
  public Context goingBy(X509Certificate other) {
    return new Context(name, url, Pem.fingerprint(other), pem(other), token);
  }

  /** A CA as contexts keep it. */
  public static String pem(X509Certificate ca) {
    try {
      return Pem.write("CERTIFICATE", ca.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate just read has an encoding", e);
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Context[" + name + ", " + url + "]";
  }
}
