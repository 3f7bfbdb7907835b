package dev.temps.agent.status;

import dev.temps.contract.agent.Condition;
import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent at one moment.
 *
 * @param pid its process
 * @param proven whether the mesh is proven
 * @param ready whether the control plane accepted a report that says so
 * @param session id of the session, "" for none
 * @param control control URL in use
 * @param away why no control URL answers, "" when one does
 * @param refused why the control plane refuses this node, "" when it does not
 * @param refusedType the refusal's stable name, "" for none
 * @param writtenAtMillis wall clock
 */
@Json
public record AgentStatus(
    long pid,
    String nodeId,
    String name,
    String version,
    boolean proven,
    boolean ready,
    String session,
    String control,
    String away,
    String refused,
    String refusedType,
    List<Condition> conditions,
    List<Peer> peers,
    long writtenAtMillis) {

  public AgentStatus {
    conditions = List.copyOf(conditions);
    peers = List.copyOf(peers);
  }

  /**
   * One other node, as this one reaches it.
   *
   * @param ready whether the control plane holds it for ready
   * @param handshakeAgeMillis −1 for never
   * @param roundTripMicros −1 for none
   * @param endpoint the one in use
   */
  @Json
  public record Peer(
      String name,
      String address,
      boolean ready,
      boolean reachable,
      long handshakeAgeMillis,
      long roundTripMicros,
      @Nullable String endpoint) {}

  /** The same without what changes all the time: when it differs, somebody may want to know. */
  AgentStatus steady() {
    List<Peer> steady =
        peers.stream()
            .map(p -> new Peer(p.name, p.address, p.ready, p.reachable, 0, 0, p.endpoint))
            .toList();
    return new AgentStatus(
        pid,
        nodeId,
        name,
        version,
        proven,
        ready,
        session,
        control,
        away,
        refused,
        refusedType,
        conditions,
        steady,
        0);
  }
}
