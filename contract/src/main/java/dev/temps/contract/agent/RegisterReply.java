package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * Answer to a registration; the same key gets the same node again.
 *
 * @param certificate the node's certificate, PEM
 * @param caBundle the cluster's CA certificates, PEM
 * @param controls control URLs, mesh first, public ones as fallback
 * @param mesh this node's place in the mesh
 */
@Json
public record RegisterReply(
    String cluster,
    String nodeId,
    String name,
    String certificate,
    String caBundle,
    List<String> controls,
    MeshSelf mesh) {

  public RegisterReply {
    controls = List.copyOf(controls);
  }
}
