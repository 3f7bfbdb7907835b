package dev.temps.agent.mesh;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A peer as the WireGuard device has it.
 *
 * @param endpoint {@code ip:port} in use; the device moves it when the peer speaks from elsewhere
 * @param lastHandshakeSeconds wall clock, 0 for never
 */
public record DevicePeer(
    String publicKey,
    @Nullable String endpoint,
    Set<String> allowedIps,
    int keepaliveSeconds,
    long lastHandshakeSeconds,
    long receivedBytes,
    long sentBytes) {

  public DevicePeer {
    allowedIps = Set.copyOf(allowedIps);
  }
}
