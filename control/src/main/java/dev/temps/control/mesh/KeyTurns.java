package dev.temps.control.mesh;

import dev.temps.contract.agent.KeyOrder;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which nodes' keys are being rotated at one moment, as all nodes must know it. Immutable. */
public final class KeyTurns {
  /** Everybody stays with the key they have. */
  public static final KeyTurns NONE = new KeyTurns(java.util.List.of());

  private final Map<String, KeyRow> rows = new TreeMap<>();

  KeyTurns(Collection<KeyRow> rows) {
    rows.forEach(row -> this.rows.put(row.nodeId(), row));
  }

  /** The key that peers have to know beside the present one; null for none. */
  public @Nullable String nextKey(String nodeId, String present) {
    KeyRow row = rows.get(nodeId);
    return row == null || present.equals(row.nextKey()) ? null : row.nextKey();
  }

  /** What a node is to do about its own key; null for nothing. */
  public @Nullable KeyOrder order(String nodeId) {
    KeyRow row = rows.get(nodeId);
    return row == null ? null : row.turnAt() == null ? KeyOrder.prepare : KeyOrder.use;
  }

  /** The same text for the same orders. */
  public String text() {
    return rows.values().toString();
  }
}
