package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another node as this one must know it.
 *
 * @param address its node address without prefix
 * @param subnet its containers' network; both become the peer's AllowedIPs
 * @param endpoints {@code ip:port} candidates, best first
 * @param probeAddress address inside {@code subnet} that answers a probe
 * @param keepaliveSeconds 0 for none, 25 behind NAT
 * @param ready whether the control plane holds it for ready
 * @param via id of the peer that passes traffic on to it, because the two don't reach each other;
 *     null for the direct way
 * @param nextKey the key it will have soon; the peer is known by both until then, and its addresses
 *     move to this one with the first handshake. Null while it stays with the one it has
 */
@Json
public record PeerSpec(
    String nodeId,
    String name,
    String publicKey,
    String address,
    String subnet,
    List<String> endpoints,
    String probeAddress,
    int keepaliveSeconds,
    boolean ready,
    @Nullable String via,
    @Nullable String nextKey) {

  public PeerSpec {
    endpoints = List.copyOf(endpoints);
  }
}
