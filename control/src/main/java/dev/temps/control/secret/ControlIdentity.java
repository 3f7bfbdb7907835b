package dev.temps.control.secret;

import dev.temps.contract.tls.OwnKey;
import dev.temps.contract.tls.Pem;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The control plane's own side of TLS. Its key is made once and kept, so that a pin on it ({@code
 * curl --pinnedpubkey}) stays valid; the certificate is issued anew at every start and at half of
 * its life. Thread-safe.
 */
public final class ControlIdentity {
  private static final String PRIVATE = "control-key";
  private static final String PUBLIC = "control-public-key";

  private final CertificateAuthority authority;
  private final List<String> hosts;
  private final PrivateKey privateKey;
  private final PublicKey publicKey;
  private final Time time;
  private final OwnKey own;
  private List<X509Certificate> behind; // guarded by this

  private ControlIdentity(
      CertificateAuthority authority,
      List<String> hosts,
      PrivateKey privateKey,
      PublicKey publicKey,
      Time time) {
    this.authority = authority;
    this.hosts = List.copyOf(hosts);
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.time = time;
    this.behind = authority.behindLeaf();
    this.own = new OwnKey(privateKey, chain(behind));
  }

  /** Makes the key of a new cluster's control plane. */
  public static void create(Handle handle, Vault vault) {
    KeyPair pair = CertificateAuthority.newKey();
    vault.put(handle, PRIVATE, new Secret(CertificateAuthority.privatePem(pair.getPrivate())));
    byte[] encoded = pair.getPublic().getEncoded();
    vault.put(handle, PUBLIC, new Secret(Base64.getEncoder().encodeToString(encoded)));
  }

  /**
   * The identity kept in the store, with a fresh certificate.
   *
   * @param hosts names and addresses people use
   */
  public static ControlIdentity load(
      Handle handle, Vault vault, CertificateAuthority authority, List<String> hosts, Time time) {
    PrivateKey key = Pem.privateKey(needed(handle, vault, PRIVATE).reveal());
    PublicKey publicKey = Pem.publicKey(needed(handle, vault, PUBLIC).reveal());
    return new ControlIdentity(authority, hosts, key, publicKey, time);
  }

  private static Secret needed(Handle handle, Vault vault, String name) {
    return vault
        .find(handle, name)
        .orElseThrow(() -> new IllegalStateException("the store has no " + name));
  }

  private List<X509Certificate> chain(List<X509Certificate> behindLeaf) {
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(authority.issueControl(hosts, publicKey));
    chain.addAll(behindLeaf);
    return chain;
  }

  /**
   * What handshakes show: the leaf, what makes its CA believed by those who pinned the CA before
   * it, and the CA, so that a first contact can pin it.
   */
  public OwnKey own() {
    return own;
  }

  /** Pin for {@code curl --pinnedpubkey}. */
  public String curlPin() {
    return Pem.curlPin(publicKey);
  }

  /**
   * Issues a new certificate when the one in use is past half of its life, or when the CAs are
   * others than those it is shown with.
   */
  public synchronized void step() {
    Duration half = CertificateAuthority.LEAF_VALIDITY.dividedBy(2);
    List<X509Certificate> wanted = authority.behindLeaf();
    if (!wanted.equals(behind)
        || time.now().isAfter(own.leaf().getNotAfter().toInstant().minus(half))) {
      own.replace(privateKey, chain(wanted));
      behind = wanted;
    }
  }
}
