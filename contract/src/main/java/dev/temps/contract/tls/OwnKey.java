package dev.temps.contract.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Our own side of every handshake: one key and certificate chain that can be replaced while
 * connections are up, so a renewal restarts nothing. Thread-safe.
 */
public final class OwnKey extends X509ExtendedKeyManager {
  private static final String ALIAS = "temps";

  private record Pair(PrivateKey key, List<X509Certificate> chain) {}

  private volatile Pair pair;

  /** Starts with the given key and chain, leaf first. */
  public OwnKey(PrivateKey key, List<X509Certificate> chain) {
    pair = new Pair(key, List.copyOf(chain));
  }

  /** From now on new handshakes show this pair. */
  public void replace(PrivateKey key, List<X509Certificate> chain) {
    pair = new Pair(key, List.copyOf(chain));
  }

  /** The certificate shown now. */
  public X509Certificate leaf() {
    return pair.chain().getFirst();
  }

  @Override
  public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String chooseClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String chooseEngineClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String chooseServerAlias(
      String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return ALIAS;
  }

  @Override
  public String chooseEngineServerAlias(
      String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return pair.chain().toArray(new X509Certificate[0]);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return pair.key();
  }
}
