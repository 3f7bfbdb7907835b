package dev.temps.control.certificate;

import dev.temps.contract.tls.Pem;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate for names without a better one: self-signed, so that visitors are warned, and of
 * no use between machines. Stateless.
 */
final class Fallback {
  private static final Duration VALIDITY = Duration.ofDays(3_650);
  private static final Duration BACKDATED = Duration.ofHours(24); // clocks of small servers

  private Fallback() {}

  /** A new one for apps under that domain. */
  static GivenCertificate make(String domain, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      X500Name name = new X500Name("CN=Temps self-signed");
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(now.toEpochMilli()),
              Date.from(now.minus(BACKDATED)),
              Date.from(now.plus(VALIDITY)),
              name,
              pair.getPublic());
      List<String> hosts = List.of(domain, "*." + domain);
      GeneralName[] names =
          hosts.stream()
              .map(h -> new GeneralName(GeneralName.dNSName, h))
              .toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      var leaf = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      String pem =
          Pem.write("CERTIFICATE", leaf.getEncoded())
              + Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded());
      return new GivenCertificate(
          new Secret(pem),
          hosts,
          name.toString(),
          leaf.getNotBefore().toInstant().toEpochMilli(),
          leaf.getNotAfter().toInstant().toEpochMilli());
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException("the fallback certificate could not be made", e);
    }
  }
}
