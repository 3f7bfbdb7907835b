package dev.temps.agent.testing;

import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.OwnKey;
import dev.temps.contract.tls.Pem;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
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
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A cluster's CA, as real as the control plane's. */
public final class TestCa {
  private final KeyPair pair = pair();
  private final X500Name name;
  public final String cluster;
  public final X509Certificate certificate;

  public TestCa(String cluster) {
    this.cluster = cluster;
    this.name = new X500Name("CN=" + cluster);
    this.certificate =
        sign(pair.getPublic(), name, null, Instant.now().minus(Duration.ofDays(1)), 3650);
  }

  public static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public X509Certificate issue(PublicKey key, Identity identity) {
    return issue(key, identity, Instant.now().minus(Duration.ofDays(1)), 91);
  }

  public X509Certificate issue(PublicKey key, Identity identity, Instant from, long days) {
    return sign(key, new X500Name("CN=temps"), identity, from, days);
  }

  /** Key and chain of a control plane of this cluster, with the CA in the chain. */
  public OwnKey control() {
    KeyPair own = pair();
    X509Certificate leaf = issue(own.getPublic(), new Identity.Control(cluster));
    return new OwnKey(own.getPrivate(), List.of(leaf, certificate));
  }

  public String pem() {
    return pem(certificate);
  }

  public static String pem(X509Certificate certificate) {
    try {
      return Pem.write("CERTIFICATE", certificate.getEncoded());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Certificate, chain and key for visitors of these hosts, as one PEM. */
  public String host(String... hosts) {
    try {
      KeyPair own = pair();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(System.nanoTime()),
              Date.from(Instant.now().minus(Duration.ofDays(1))),
              Date.from(Instant.now().plus(Duration.ofDays(90))),
              new X500Name("CN=" + hosts[0]),
              own.getPublic());
      GeneralName[] names = new GeneralName[hosts.length];
      for (int i = 0; i < hosts.length; i++) {
        names[i] = new GeneralName(GeneralName.dNSName, hosts[i]);
      }
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      X509Certificate leaf =
          new JcaX509CertificateConverter().getCertificate(builder.build(signer));
      return pem(leaf) + pem() + Pem.write("PRIVATE KEY", own.getPrivate().getEncoded());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate sign(
      PublicKey key, X500Name subject, Identity identity, Instant from, long days) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(System.nanoTime()),
              Date.from(from),
              Date.from(from.plus(Duration.ofDays(days))),
              subject,
              key);
      if (identity != null) {
        GeneralName uri =
            new GeneralName(GeneralName.uniformResourceIdentifier, identity.uri().toString());
        builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(uri));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
