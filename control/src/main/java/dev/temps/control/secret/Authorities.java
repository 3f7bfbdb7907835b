package dev.temps.control.secret;

import dev.temps.contract.tls.Pem;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The CAs of a cluster as they are kept. Immutable.
 *
 * @param key of the one that signs
 * @param bundle all that are trusted, the one that signs first
 * @param witness how those who only know the other CA of the present or last rotation come to
 *     believe the one that signs: its certificate signed by that other CA, and that CA; empty
 *     before the first rotation
 */
record Authorities(PrivateKey key, List<X509Certificate> bundle, List<X509Certificate> witness) {
  Authorities {
    bundle = List.copyOf(bundle);
    witness = List.copyOf(witness);
  }

  X509Certificate signer() {
    return bundle.getFirst();
  }

  /** Behind a leaf: the witness, and last the CA a first contact shows to people. */
  List<X509Certificate> behindLeaf() {
    List<X509Certificate> chain = new ArrayList<>(witness);
    chain.add(signer());
    return List.copyOf(chain);
  }

  List<String> fingerprints() {
    return bundle.stream().map(Pem::fingerprint).toList();
  }
}
