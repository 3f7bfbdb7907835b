package dev.temps.control.upgrade;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** SQL of the tables {@code upgrades} and {@code upgrade_nodes}. Stateless. */
final class UpgradeStore {
  private UpgradeStore() {}

  static void insert(Handle handle, Target target, List<Turn> turns) {
    handle
        .createUpdate(
            """
            INSERT INTO upgrades (operation_id, sha256, bytes, version, contract, schema_version)
            VALUES (:id, :sha, :bytes, :version, :contract, :schema)
            """)
        .bind("id", target.operationId())
        .bind("sha", target.sha256())
        .bind("bytes", target.bytes())
        .bind("version", target.version())
        .bind("contract", target.contract())
        .bind("schema", target.schema())
        .execute();
    for (Turn turn : turns) {
      handle
          .createUpdate(
              """
              INSERT INTO upgrade_nodes
                (operation_id, node_id, node_name, place, state, detail, since)
              VALUES (:id, :node, :name, :place, :state, :detail, :since)
              """)
          .bind("id", turn.operationId())
          .bind("node", turn.nodeId())
          .bind("name", turn.nodeName())
          .bind("place", turn.place())
          .bind("state", turn.state())
          .bind("detail", turn.detail())
          .bind("since", turn.since())
          .execute();
    }
  }

  static Target target(Handle handle, String operationId) {
    return handle
        .createQuery(
            """
            SELECT operation_id, sha256, bytes, version, contract, schema_version AS schema
            FROM upgrades WHERE operation_id = :id
            """)
        .bind("id", operationId)
        .mapTo(Target.class)
        .one();
  }

  static List<Turn> turns(Handle handle, String operationId) {
    return handle
        .createQuery("SELECT * FROM upgrade_nodes WHERE operation_id = :id ORDER BY place")
        .bind("id", operationId)
        .mapTo(Turn.class)
        .list();
  }

  static void mark(Handle handle, Turn turn, TurnState state, String detail, long nowMillis) {
    handle
        .createUpdate(
            """
            UPDATE upgrade_nodes SET state = :state, detail = :detail, since = :now
            WHERE operation_id = :id AND node_id = :node
            """)
        .bind("state", state)
        .bind("detail", detail)
        .bind("now", nowMillis)
        .bind("id", turn.operationId())
        .bind("node", turn.nodeId())
        .execute();
  }
}
