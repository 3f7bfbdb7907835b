package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Another node as this one must know it.
 *
 * @param address its node address without prefix
 * @param subnet its containers' network; both become the peer's AllowedIPs
 * @param endpoints {@code ip:port} candidates, best first
 * @param probeAddress address inside {@code subnet} that answers a probe
 * @param keepaliveSeconds 0 for none, 25 behind NAT
 * @param ready whether the control plane holds it for ready
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
    boolean ready) {

  public PeerSpec {
    endpoints = List.copyOf(endpoints);
  }
}
