package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Opens a session; a new one ends the old one of the same node.
 *
 * @param bootId the kernel's boot id: tells a reboot from a restart
 * @param epochSeen highest epoch this agent has seen
 * @param endpoints where peers may reach it now
 */
@Json
public record SessionRequest(
    int contract,
    String version,
    String bootId,
    long epochSeen,
    List<String> endpoints,
    String wireguardKey,
    int wireguardPort,
    HostFacts host,
    long clockMillis) {

  public SessionRequest {
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
  }

  /** The same under another contract. */
  public SessionRequest offering(int other) {
    return new SessionRequest(
        other,
        version,
        bootId,
        epochSeen,
        endpoints,
        wireguardKey,
        wireguardPort,
        host,
        clockMillis);
  }
}
