package dev.temps.control.secret;

import dev.temps.contract.tls.Pem;
import dev.temps.control.store.Settings;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The CAs in the store: keys sealed, certificates in the open. Each method is one change inside the
 * caller's transaction, so that keys and certificates always belong together. Thread-safe.
 */
final class AuthorityRows {
  private static final Duration VALIDITY = Duration.ofDays(3_653); // ten years
  private static final String KEY = "ca-key";
  private static final String OTHER_KEY = "ca-other-key";
  private static final String BUNDLE = "ca.bundle";
  private static final String WITNESS = "ca.witness";

  private final Vault vault;
  private final String cluster;
  private final Time time;

  AuthorityRows(Vault vault, String cluster, Time time) {
    this.vault = vault;
    this.cluster = cluster;
    this.time = time;
  }

  Authorities read(Handle handle) {
    return new Authorities(
        key(handle, KEY),
        Pem.certificates(Settings.get(handle, BUNDLE)),
        Settings.find(handle, WITNESS).map(Pem::certificates).orElse(List.of()));
  }

  /** The first CA of a new cluster. */
  void create(Handle handle) {
    KeyPair pair = CertificateAuthority.newKey();
    keep(handle, KEY, pair.getPrivate());
    Settings.put(handle, BUNDLE, CertificateAuthority.pem(fresh(pair)));
  }

  /** A new CA beside the one that signs; returns its certificate. */
  X509Certificate add(Handle handle) {
    Authorities now = read(handle);
    if (now.bundle().size() != 1) {
      throw new IllegalStateException("another CA is there already");
    }
    KeyPair pair = CertificateAuthority.newKey();
    X509Certificate added = fresh(pair);
    keep(handle, OTHER_KEY, pair.getPrivate());
    certificates(handle, BUNDLE, List.of(now.signer(), added));
    witness(handle, now.signer(), added, pair.getPrivate());
    return added;
  }

  /** The other CA signs from now on. */
  void turn(Handle handle) {
    Authorities now = read(handle);
    X509Certificate next = other(now);
    PrivateKey nextKey = key(handle, OTHER_KEY);
    keep(handle, KEY, nextKey);
    keep(handle, OTHER_KEY, now.key());
    certificates(handle, BUNDLE, List.of(next, now.signer()));
    witness(handle, next, now.signer(), now.key());
  }

  /** The CA that doesn't sign is gone, its key too; its word for the one that signs stays. */
  void drop(Handle handle) {
    Authorities now = read(handle);
    other(now);
    certificates(handle, BUNDLE, List.of(now.signer()));
    vault.remove(handle, OTHER_KEY);
  }

  private static X509Certificate other(Authorities now) {
    if (now.bundle().size() != 2) {
      throw new IllegalStateException("there is no other CA");
    }
    return now.bundle().getLast();
  }

  private void witness(Handle handle, X509Certificate signer, X509Certificate by, PrivateKey key) {
    X509Certificate cross = Certificates.cross(signer, by, key, time.now(), serial());
    certificates(handle, WITNESS, List.of(cross, by));
  }

  private X509Certificate fresh(KeyPair pair) {
    return Certificates.authority(pair, "Temps " + cluster, time.now(), VALIDITY, serial());
  }

  private void keep(Handle handle, String name, PrivateKey key) {
    vault.put(handle, name, new Secret(CertificateAuthority.privatePem(key)));
  }

  private PrivateKey key(Handle handle, String name) {
    Secret key =
        vault
            .find(handle, name)
            .orElseThrow(() -> new IllegalStateException("the store has no " + name));
    return Pem.privateKey(key.reveal());
  }

  private static void certificates(Handle handle, String name, List<X509Certificate> list) {
    String pem = list.stream().map(CertificateAuthority::pem).collect(Collectors.joining());
    Settings.put(handle, name, pem);
  }

  static BigInteger serial() {
    return new BigInteger(63, new SecureRandom());
  }
}
