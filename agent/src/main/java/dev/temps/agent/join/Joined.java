package dev.temps.agent.join;

import dev.temps.agent.status.AgentStatus;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A machine that is a node and ready.
 *
 * @param address its address in the mesh
 * @param already whether it was a node before
 * @param peers the other nodes as this one reaches them
 */
@Json
public record Joined(
    String cluster,
    String nodeId,
    String name,
    String address,
    boolean already,
    List<AgentStatus.Peer> peers) {

  public Joined {
    peers = List.copyOf(peers);
  }

  /** The reachability table, one line per other node, with a heading. */
  public String table() {
    StringBuilder out = new StringBuilder();
    out.append(
        "%-20s %-15s %-12s %-10s %s%n".formatted("NODE", "ADDRESS", "REACHED", "TRIP", "BY"));
    for (AgentStatus.Peer peer : peers) {
      String trip =
          peer.roundTripMicros() < 0 ? "-" : "%.1f ms".formatted(peer.roundTripMicros() / 1_000.0);
      String reached = peer.reachable() ? "yes" : peer.ready() ? "NO" : "not ready";
      String by = peer.endpoint() == null ? "-" : peer.endpoint();
      out.append(
          "%-20s %-15s %-12s %-10s %s%n".formatted(peer.name(), peer.address(), reached, trip, by));
    }
    return out.toString();
  }
}
