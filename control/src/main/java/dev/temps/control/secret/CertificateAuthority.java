package dev.temps.control.secret;

import dev.temps.contract.agent.ConsoleSpec;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.Pem;
import dev.temps.control.store.Database;
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
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The cluster's certificate authority: EC P-256 keys for ten years, a bundle of certificates
 * everybody trusts, and the certificates it issues. In a rotation there are two CAs, of which one
 * signs; changes are made in the store and count after {@link #reload}. Thread-safe.
 */
public final class CertificateAuthority {
  /** How long an issued certificate is good; it is renewed at half of it. */
  public static final Duration LEAF_VALIDITY = Duration.ofDays(90);

  private final String cluster;
  private final AuthorityRows rows;
  private final Time time;
  private final SecureRandom random = new SecureRandom();
  private volatile Authorities now;

  private CertificateAuthority(String cluster, AuthorityRows rows, Authorities now, Time time) {
    this.cluster = cluster;
    this.rows = rows;
    this.now = now;
    this.time = time;
  }

  /** Makes the authority of a new cluster and keeps it: the key sealed, the bundle in the open. */
  public static void create(Handle handle, Vault vault, String cluster, Time time) {
    new AuthorityRows(vault, cluster, time).create(handle);
  }

  /** The authority kept in the store. The first certificate of the bundle is the one that signs. */
  public static CertificateAuthority load(Handle handle, Vault vault, String cluster, Time time) {
    AuthorityRows rows = new AuthorityRows(vault, cluster, time);
    return new CertificateAuthority(cluster, rows, rows.read(handle), time);
  }

  /** From now on what the store has counts. */
  public void reload(Database database) {
    now = database.read(rows::read);
  }

  /**
   * Adds a new CA to the bundle; the present one goes on signing.
   *
   * @return the new one's fingerprint
   * @throws IllegalStateException when there are two already
   */
  public String add(Handle handle) {
    return Pem.fingerprint(rows.add(handle));
  }

  /**
   * The other CA of the two signs.
   *
   * @throws IllegalStateException when there is only one
   */
  public void turn(Handle handle) {
    rows.turn(handle);
  }

  /**
   * Drops the CA that does not sign, with its key. Those who only know that one still get its word
   * for the one that stays, until the next rotation.
   *
   * @throws IllegalStateException when there is only one
   */
  public void drop(Handle handle) {
    rows.drop(handle);
  }

  /** Fingerprints of the CAs in the store, the one that signs first. */
  public List<String> kept(Handle handle) {
    return rows.read(handle).fingerprints();
  }

  /** Certificates everybody in the cluster trusts, the one that signs first. */
  public List<X509Certificate> bundle() {
    return now.bundle();
  }

  /** The bundle as PEM. */
  public String bundlePem() {
    return bundle().stream().map(CertificateAuthority::pem).collect(Collectors.joining());
  }

  /** Fingerprint of the certificate that signs: the pin of a first contact. */
  public String fingerprint() {
    return Pem.fingerprint(now.signer());
  }

  /** Whether a CA with this fingerprint is in the bundle. */
  public boolean trusts(String fingerprint) {
    return now.fingerprints().contains(fingerprint);
  }

  /** When a CA was made. */
  public static Instant since(X509Certificate ca) {
    return ca.getNotBefore().toInstant().plus(Certificates.BACKDATED);
  }

  /** What handshakes show behind the control plane's own certificate; last the CA that signs. */
  List<X509Certificate> behindLeaf() {
    return now.behindLeaf();
  }

  /** A certificate for a node's agent, for 90 days from 24 hours ago. */
  public X509Certificate issueNode(String nodeId, PublicKey nodeKey) {
    URI who = new Identity.Node(cluster, nodeId).uri();
    return issue(new Certificates.Leaf(nodeId, who, List.of(), nodeKey));
  }

  /**
   * A certificate for the control plane; it alone has {@link ConsoleSpec#CERTIFICATE_NAME}.
   *
   * @param hosts names and addresses under which people reach it
   */
  public X509Certificate issueControl(List<String> hosts, PublicKey controlKey) {
    URI who = new Identity.Control(cluster).uri();
    List<String> names =
        Stream.concat(hosts.stream(), Stream.of(ConsoleSpec.CERTIFICATE_NAME)).toList();
    return issue(new Certificates.Leaf("temps control plane", who, names, controlKey));
  }

  private X509Certificate issue(Certificates.Leaf leaf) {
    Authorities by = now;
    return Certificates.leaf(
        leaf, by.signer(), by.key(), time.now(), LEAF_VALIDITY, new BigInteger(63, random));
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
