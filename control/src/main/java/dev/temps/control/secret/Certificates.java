package dev.temps.control.secret;

import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Shapes of the two kinds of certificates. Stateless. */
final class Certificates {
  static final Duration BACKDATED = Duration.ofHours(24); // clocks of small servers
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private Certificates() {}

  /** What a leaf certificate says. */
  record Leaf(String name, URI identity, List<String> hosts, PublicKey key) {}

  static X509Certificate authority(
      KeyPair pair, String name, Instant now, Duration validity, BigInteger serial) {
    X500Name subject = named(name);
    var builder =
        new JcaX509v3CertificateBuilder(
            subject,
            serial,
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(validity)),
            subject,
            pair.getPublic());
    return authority(builder, pair.getPublic(), pair.getPrivate());
  }

  /** The word of one CA for another: the other's name and key, signed by the one. */
  static X509Certificate cross(
      X509Certificate of, X509Certificate by, PrivateKey byKey, Instant now, BigInteger serial) {
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(by.getSubjectX500Principal().getName()),
            serial,
            Date.from(now.minus(BACKDATED)),
            of.getNotAfter(),
            new X500Name(of.getSubjectX500Principal().getName()),
            of.getPublicKey());
    return authority(builder, of.getPublicKey(), byKey);
  }

  private static X509Certificate authority(
      X509v3CertificateBuilder builder, PublicKey key, PrivateKey signer) {
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
      return signed(builder, signer);
    } catch (CertIOException | GeneralSecurityException e) {
      throw new IllegalStateException("the CA certificate could not be made", e);
    }
  }

  static X509Certificate leaf(
      Leaf leaf,
      X509Certificate ca,
      PrivateKey caKey,
      Instant now,
      Duration validity,
      BigInteger serial) {
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(ca.getSubjectX500Principal().getName()),
            serial,
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(validity)),
            named(leaf.name()),
            leaf.key());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth}));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(ca));
      builder.addExtension(Extension.subjectAlternativeName, false, names(leaf));
      return signed(builder, caKey);
    } catch (CertIOException | GeneralSecurityException e) {
      throw new IllegalStateException("a certificate could not be made", e);
    }
  }

  private static X500Name named(String name) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
  }

  private static GeneralNames names(Leaf leaf) {
    List<GeneralName> names = new ArrayList<>();
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, leaf.identity().toString()));
    for (String host : leaf.hosts()) {
      boolean address = ADDRESS.matcher(host).matches();
      names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
    }
    return new GeneralNames(names.toArray(new GeneralName[0]));
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
