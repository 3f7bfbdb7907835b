package dev.temps.agent.mesh;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change to one peer of the device; no change touches another peer. */
public sealed interface PeerChange {
  /** Whom it is about. */
  String publicKey();

  /**
   * Adds the peer or changes it.
   *
   * @param endpoint {@code ip:port} to speak to from now on; null leaves what is there
   */
  record Put(
      String publicKey, @Nullable String endpoint, List<String> allowedIps, int keepaliveSeconds)
      implements PeerChange {
    public Put {
      allowedIps = List.copyOf(allowedIps);
    }
  }

  /** Speaks to another endpoint; nothing else changes. */
  record Redirect(String publicKey, String endpoint) implements PeerChange {}

  /** Takes the peer away; nothing more from it is accepted. */
  record Drop(String publicKey) implements PeerChange {}
}
