package dev.temps.contract.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Certificates and EC keys to and from text. Stateless. */
public final class Pem {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  /**
   * All certificates in the text, in order.
   *
   * @throws IllegalArgumentException when one of them can't be read
   */
  public static List<X509Certificate> certificates(String pem) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new IllegalArgumentException("not a PEM certificate", e);
    }
  }

  /** A DER structure as PEM, e.g. type {@code CERTIFICATE} or {@code PRIVATE KEY}. */
  public static String write(String type, byte[] der) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + LINES.encodeToString(der)
        + "\n-----END "
        + type
        + "-----\n";
  }

  /** An EC private key from PKCS#8 PEM. */
  public static PrivateKey privateKey(String pem) {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a PKCS#8 EC private key", e);
    }
  }

  /** An EC public key from base64 SubjectPublicKeyInfo. */
  public static PublicKey publicKey(String base64) {
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an EC public key", e);
    }
  }

  /** SHA-256 of some bytes in lower-case hexadecimal, 64 letters. */
  public static String fingerprint(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A certificate's fingerprint: SHA-256 of its DER form, the pin of a CA. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      return fingerprint(certificate.getEncoded());
    } catch (CertificateException e) {
      throw new IllegalArgumentException("certificate without encoding", e);
    }
  }

  /** The pin curl takes as {@code --pinnedpubkey}: base64 SHA-256 of the public key. */
  public static String curlPin(PublicKey key) {
    byte[] digest = HexFormat.of().parseHex(fingerprint(key.getEncoded()));
    return "sha256//" + Base64.getEncoder().encodeToString(digest);
  }
}
