package dev.temps.control.certificate;

import dev.temps.contract.tls.Pem;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority as the public ones, for tests. */
public final class PublicAuthority {
  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final KeyPair pair = pair();
  private final X500Name name = new X500Name("CN=Public Test Authority");
  private final X509Certificate certificate;

  /** One that counts for ten years from the day before. */
  public PublicAuthority(Instant now) {
    certificate =
        sign(name, pair.getPublic(), now.minus(Duration.ofDays(1)), Duration.ofDays(3_650));
  }

  /** A certificate with its key. */
  public record Issued(String leaf, String chain, KeyPair pair) {
    /** The key as PKCS #8. */
    public String key() {
      return Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    String oldKey() {
      return written(false, "");
    }

    String encryptedKey(String password) {
      return written(true, password);
    }

    private String written(boolean encrypted, String password) {
      StringWriter text = new StringWriter();
      try (JcaPEMWriter out = new JcaPEMWriter(text)) {
        if (encrypted) {
          out.writeObject(
              pair.getPrivate(),
              new JcePEMEncryptorBuilder("AES-128-CBC")
                  .setProvider(new BouncyCastleProvider())
                  .build(password.toCharArray()));
        } else {
          out.writeObject(pair.getPrivate());
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return text.toString();
    }
  }

  /** Its own certificate. */
  public String pem() {
    return pem(certificate);
  }

  /** One for these hosts. */
  public Issued issue(Instant from, Duration validity, String... hosts) {
    return issue(pair(), from, validity, hosts);
  }

  /** The same with an RSA key. */
  Issued issueRsa(Instant from, Duration validity, String... hosts) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return issue(generator.generateKeyPair(), from, validity, hosts);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Issued issue(KeyPair own, Instant from, Duration validity, String... hosts) {
    X509Certificate leaf =
        sign(new X500Name("CN=" + hosts[0]), own.getPublic(), from, validity, hosts);
    return new Issued(pem(leaf), pem(leaf) + pem(), own);
  }

  private X509Certificate sign(
      X500Name subject, PublicKey key, Instant from, Duration validity, String... hosts) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(SERIAL.incrementAndGet()),
              Date.from(from),
              Date.from(from.plus(validity)),
              subject,
              key);
      if (hosts.length > 0) {
        GeneralName[] names =
            Arrays.stream(hosts)
                .map(h -> new GeneralName(GeneralName.dNSName, h))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
      }
      if (hosts.length == 0) {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      }
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(X509Certificate certificate) {
    try {
      return Pem.write("CERTIFICATE", certificate.getEncoded());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
