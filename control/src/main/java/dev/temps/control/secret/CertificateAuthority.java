package dev.temps.control.secret;

import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.Pem;
import dev.temps.control.store.Settings;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.math.BigInteger;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The cluster's certificate authority: one EC P-256 key for ten years, a bundle of certificates
 * everybody trusts, and the certificates it issues. Immutable and thread-safe.
 */
public final class CertificateAuthority {
  /** How long an issued certificate is good; it is renewed at half of it. */
  public static final Duration LEAF_VALIDITY = Duration.ofDays(90);

  private static final Duration CA_VALIDITY = Duration.ofDays(3_653); // ten years
  private static final String KEY = "ca-key";
  private static final String BUNDLE = "ca.bundle";

  private final String cluster;
  private final PrivateKey key;
  private final List<X509Certificate> bundle;
  private final Time time;
  private final SecureRandom random = new SecureRandom();

  private CertificateAuthority(
      String cluster, PrivateKey key, List<X509Certificate> bundle, Time time) {
    this.cluster = cluster;
    this.key = key;
    this.bundle = List.copyOf(bundle);
    this.time = time;
  }

  /** Makes the authority of a new cluster and keeps it: the key sealed, the bundle in the open. */
  public static void create(Handle handle, Vault vault, String cluster, Time time) {
    KeyPair pair = newKey();
    X509Certificate ca =
        Certificates.authority(pair, "Temps " + cluster, time.now(), CA_VALIDITY, serial());
    vault.put(handle, KEY, new Secret(privatePem(pair.getPrivate())));
    Settings.put(handle, BUNDLE, pem(ca));
  }

  /** The authority kept in the store. The first certificate of the bundle is the one that signs. */
  public static CertificateAuthority load(Handle handle, Vault vault, String cluster, Time time) {
    Secret key =
        vault
            .find(handle, KEY)
            .orElseThrow(() -> new IllegalStateException("the store has no CA key"));
    return new CertificateAuthority(
        cluster,
        Pem.privateKey(key.reveal()),
        Pem.certificates(Settings.get(handle, BUNDLE)),
        time);
  }

  /** Certificates everybody in the cluster trusts. */
  public List<X509Certificate> bundle() {
    return bundle;
  }

  /** The bundle as PEM. */
  public String bundlePem() {
    StringBuilder all = new StringBuilder();
    bundle.forEach(c -> all.append(pem(c)));
    return all.toString();
  }

  /** Fingerprint of the certificate that signs: the pin of a first contact. */
  public String fingerprint() {
    return Pem.fingerprint(bundle.getFirst());
  }

  /** A certificate for a node's agent, for 90 days from 24 hours ago. */
  public X509Certificate issueNode(String nodeId, PublicKey nodeKey) {
    URI who = new Identity.Node(cluster, nodeId).uri();
    return issue(new Certificates.Leaf(nodeId, who, List.of(), nodeKey));
  }

  /**
   * A certificate for the control plane.
   *
   * @param hosts names and addresses under which people reach it
   */
  public X509Certificate issueControl(List<String> hosts, PublicKey controlKey) {
    URI who = new Identity.Control(cluster).uri();
    return issue(new Certificates.Leaf("temps control plane", who, hosts, controlKey));
  }

  private X509Certificate issue(Certificates.Leaf leaf) {
    return Certificates.leaf(
        leaf, bundle.getFirst(), key, time.now(), LEAF_VALIDITY, new BigInteger(63, random));
  }

  private static BigInteger serial() {
    return new BigInteger(63, new SecureRandom());
  }

  /** A new EC P-256 key pair. */
  public static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /** A certificate as PEM. */
  public static String pem(X509Certificate certificate) {
    try {
      return Pem.write("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate of our own has an encoding", e);
    }
  }

  static String privatePem(PrivateKey key) {
    return Pem.write("PRIVATE KEY", key.getEncoded());
  }
}
