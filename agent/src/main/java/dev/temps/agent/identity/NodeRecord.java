package dev.temps.agent.identity;

import dev.temps.contract.agent.MeshSelf;
import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What a machine knows of itself once it is a node.
 *
 * @param cluster id of the cluster
 * @param id the node's id, for life
 * @param controls control URLs, mesh first
 * @param ingress whether it takes users' traffic
 * @param advertise where peers may reach it in the operator's words; usually empty
 * @param wireguardPort UDP port of WireGuard
 */
@Json
public record NodeRecord(
    String cluster,
    String id,
    String name,
    List<String> controls,
    MeshSelf mesh,
    boolean ingress,
    List<String> advertise,
    int wireguardPort) {

  public NodeRecord {
    controls = List.copyOf(controls);
    advertise = List.copyOf(advertise);
  }
}
