package dev.temps.control.certificate;

import dev.temps.contract.tls.Pem;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its chain and key, found sound. Pure.
 *
 * @param pem all of it, as ingress nodes need it
 * @param hosts names it is for
 */
record GivenCertificate(
    Secret pem, List<String> hosts, String issuer, long notBefore, long notAfter) {
  // Files of other programs have text between them, and some the key.
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");
  private static final int CHAIN_MAX = 10;
  private static final int RSA_BITS_MIN = 2_048;
  private static final int DNS_NAME = 2; // GeneralName's tag in RFC 5280
  private static final Duration AHEAD_MAX = Duration.ofHours(24);

  /**
   * Looks at what a person gave.
   *
   * @param leafAlone it needs no chain: who must trust it does so without
   * @throws ProblemException 422 with what is wrong with it; the key is never shown
   */
  static GivenCertificate parse(String chainPem, Secret keyPem, boolean leafAlone, long nowMillis) {
    List<X509Certificate> chain = chain(chainPem);
    X509Certificate leaf = chain.getFirst();
    PrivateKey key = key(keyPem);
    matches(leaf, key);
    inTime(leaf, nowMillis);
    follows(chain, leafAlone);
    List<String> hosts = hosts(leaf);
    if (hosts.isEmpty()) {
      throw wrong("It names no host.", "Ask for one with a DNS name (subjectAltName).");
    }
    return new GivenCertificate(
        new Secret(pem(chain, key)),
        hosts,
        leaf.getIssuerX500Principal().getName(),
        leaf.getNotBefore().toInstant().toEpochMilli(),
        leaf.getNotAfter().toInstant().toEpochMilli());
  }

  private static List<X509Certificate> chain(String pem) {
    List<X509Certificate> chain;
    try {
      String blocks =
          BLOCK.matcher(pem).results().map(MatchResult::group).collect(Collectors.joining("\n"));
      chain = blocks.isEmpty() ? List.of() : Pem.certificates(blocks);
    } catch (RuntimeException e) {
      throw new ProblemException(
          problem("It can't be read: " + e.getMessage() + ".", "Give it as PEM, leaf first."), e);
    }
    if (chain.isEmpty() || chain.size() > CHAIN_MAX) {
      throw wrong(
          "It holds " + chain.size() + " certificates.", "Give 1 to 10 as PEM, leaf first.");
    }
    return chain;
  }

  private static PrivateKey key(Secret pem) {
    try (PEMParser parser = new PEMParser(new StringReader(pem.reveal()))) {
      @Nullable Object found = parser.readObject();
      while (found != null && !isKey(found)) {
        found = parser.readObject(); // parameters of the curve come before the key
      }
      return switch (found) {
        case PrivateKeyInfo info -> new JcaPEMKeyConverter().getPrivateKey(info);
        case PEMKeyPair pair -> new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        case PEMEncryptedKeyPair _ -> throw encrypted();
        case PKCS8EncryptedPrivateKeyInfo _ -> throw encrypted();
        case null, default ->
            throw wrong("There is no private key.", "Give the key as PEM, not encrypted.");
      };
    } catch (IOException | RuntimeException e) {
      if (e instanceof ProblemException known) {
        throw known;
      }
      throw new ProblemException(
          problem("The private key can't be read.", "Give it as PEM, not encrypted."), e);
    }
  }

  private static boolean isKey(Object found) {
    return found instanceof PrivateKeyInfo
        || found instanceof PEMKeyPair
        || found instanceof PEMEncryptedKeyPair
        || found instanceof PKCS8EncryptedPrivateKeyInfo;
  }

  private static ProblemException encrypted() {
    return wrong(
        "The private key is encrypted.",
        "Decrypt it first, e.g. with: openssl pkey -in key.pem -out plain.pem");
  }

  private static void matches(X509Certificate leaf, PrivateKey key) {
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
      throw wrong("Its RSA key has fewer than 2048 bits.", "Ask for one with a longer key.");
    }
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC", "ECDSA" -> "SHA256withECDSA";
          default ->
              throw wrong(
                  "Its key is of the kind " + key.getAlgorithm() + ".", "Use an RSA or EC key.");
        };
    byte[] text = "the key of the certificate".getBytes(StandardCharsets.UTF_8);
    try {
      Signature sign = Signature.getInstance(algorithm);
      sign.initSign(key);
      sign.update(text);
      byte[] signature = sign.sign();
      Signature check = Signature.getInstance(algorithm);
      check.initVerify(leaf.getPublicKey());
      check.update(text);
      if (check.verify(signature)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new ProblemException(mismatch(), e);
    }
    throw mismatch().raise();
  }

  private static Problem mismatch() {
    return problem(
        "The private key is not the one of the certificate.",
        "Give the key its request was made with; the certificate itself comes first in its file.");
  }

  private static void inTime(X509Certificate leaf, long nowMillis) {
    if (leaf.getNotAfter().toInstant().toEpochMilli() <= nowMillis) {
      throw wrong("It has expired on " + leaf.getNotAfter().toInstant() + ".", "Renew it.");
    }
    if (leaf.getNotBefore().toInstant().toEpochMilli() > nowMillis + AHEAD_MAX.toMillis()) {
      throw wrong(
          "It begins to count on " + leaf.getNotBefore().toInstant() + ".", "Add it that day.");
    }
  }

  private static void follows(List<X509Certificate> chain, boolean leafAlone) {
    for (int i = 0; i + 1 < chain.size(); i++) {
      if (!signed(chain.get(i), chain.get(i + 1))) {
        throw wrong(
            "Its chain is broken: certificate " + (i + 1) + " was not issued by the next one.",
            "Order them leaf first, each issued by the one after it.");
      }
    }
    X509Certificate leaf = chain.getFirst();
    boolean selfSigned = leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal());
    if (chain.size() == 1 && !selfSigned && !leafAlone) {
      throw wrong(
          "Its chain is missing: " + leaf.getIssuerX500Principal().getName() + " issued it.",
          "Append the issuer's certificate, often called fullchain.pem. If visitors know the issuer"
              + " itself: --leaf-alone");
    }
  }

  private static boolean signed(X509Certificate one, X509Certificate by) {
    try {
      one.verify(by.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false; // the answer
    }
  }

  private static List<String> hosts(X509Certificate leaf) {
    List<String> hosts = new ArrayList<>();
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        if (name.getFirst().equals(DNS_NAME)) {
          hosts.add(String.valueOf(name.getLast()).toLowerCase(Locale.ROOT));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new ProblemException(problem("Its names can't be read.", "Ask for another."), e);
    }
    return hosts.stream().filter(h -> h.matches("[a-z0-9.*-]+")).distinct().toList();
  }

  private static String pem(List<X509Certificate> chain, PrivateKey key) {
    StringBuilder all = new StringBuilder();
    try {
      for (X509Certificate one : chain) {
        all.append(Pem.write("CERTIFICATE", one.getEncoded()));
      }
    } catch (CertificateEncodingException e) {
      throw new ProblemException(problem("It can't be written.", "Ask for another."), e);
    }
    return all.append(Pem.write("PRIVATE KEY", key.getEncoded())).toString();
  }

  private static ProblemException wrong(String why, String next) {
    return problem(why, next).raise();
  }

  private static Problem problem(String why, String next) {
    return Problem.invalid("certificate", why, next);
  }
}
