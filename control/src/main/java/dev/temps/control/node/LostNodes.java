package dev.temps.control.node;

import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Which nodes are down, so that a restarted control plane doesn't take them for ready ones. */
final class LostNodes {
  private LostNodes() {}

  /** Reasons by node id. */
  static Map<String, String> all(Handle handle) {
    return handle
        .createQuery("SELECT node_id, reason FROM lost_nodes")
        .setMapKeyColumn("node_id")
        .setMapValueColumn("reason")
        .collectInto(new org.jdbi.v3.core.generic.GenericType<Map<String, String>>() {});
  }

  /** From now on it is down. */
  static void add(Handle handle, String nodeId, long atMillis, String reason) {
    remove(handle, nodeId);
    handle
        .createUpdate("INSERT INTO lost_nodes (node_id, at, reason) VALUES (:node, :at, :reason)")
        .bind("node", nodeId)
        .bind("at", atMillis)
        .bind("reason", reason)
        .execute();
  }

  /** It was heard of again. */
  static void remove(Handle handle, String nodeId) {
    handle
        .createUpdate("DELETE FROM lost_nodes WHERE node_id = :node")
        .bind("node", nodeId)
        .execute();
  }
}
