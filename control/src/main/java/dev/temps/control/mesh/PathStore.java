package dev.temps.control.mesh;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** SQL of the table {@code mesh_paths}, inside the caller's transaction. Stateless. */
final class PathStore {
  private PathStore() {}

  private record Row(String lowNode, String highNode, String viaNode, long since) {}

  /** All that don't go directly. */
  static Map<Pair, Path> all(Handle handle) {
    List<Row> rows =
        handle
            .createQuery("SELECT low_node, high_node, via_node, since FROM mesh_paths")
            .mapTo(Row.class)
            .list();
    Map<Pair, Path> paths = new HashMap<>();
    rows.forEach(
        r -> paths.put(new Pair(r.lowNode(), r.highNode()), new Path(r.viaNode(), r.since())));
    return paths;
  }

  /** From now on the pair goes this way. */
  static void put(Handle handle, Pair pair, Path path) {
    handle
        .createUpdate(
            """
            INSERT INTO mesh_paths (low_node, high_node, via_node, since)
            VALUES (:low, :high, :via, :since)
            ON CONFLICT (low_node, high_node)
              DO UPDATE SET via_node = excluded.via_node, since = excluded.since
            """)
        .bind("low", pair.low())
        .bind("high", pair.high())
        .bind("via", path.via())
        .bind("since", path.sinceMillis())
        .execute();
  }

  /** From now on the pair goes directly. */
  static void remove(Handle handle, Pair pair) {
    handle
        .createUpdate("DELETE FROM mesh_paths WHERE low_node = :low AND high_node = :high")
        .bind("low", pair.low())
        .bind("high", pair.high())
        .execute();
  }
}
