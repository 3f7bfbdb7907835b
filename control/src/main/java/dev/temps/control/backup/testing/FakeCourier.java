package dev.temps.control.backup.testing;

import dev.temps.control.backup.Courier;
import dev.temps.control.backup.Snapshots;
import dev.temps.control.node.Node;
import dev.temps.kit.Problem;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Nodes that keep what they get, unless they can't be reached. Thread-safe. */
public final class FakeCourier implements Courier {
  private final Map<String, Long> kept = new ConcurrentHashMap<>();
  private final Map<String, Long> epochs = new ConcurrentHashMap<>();
  private final Set<String> away = ConcurrentHashMap.newKeySet();

  /** A node can't be reached from now on, or again. */
  public void away(String nodeId, boolean is) {
    if (is) {
      away.add(nodeId);
    } else {
      away.remove(nodeId);
    }
  }

  /** A node has seen an epoch. */
  public void saw(String nodeId, long epoch) {
    epochs.put(nodeId, epoch);
  }

  /** When the snapshot each node keeps was taken, by node id. */
  public Map<String, Long> kept() {
    return new TreeMap<>(kept);
  }

  private void reach(Node node) {
    if (away.contains(node.id())) {
      throw Problem.of("agent-unreachable", 502, "It can't be reached.", node.name(), "").raise();
    }
  }

  @Override
  public void send(Node node, Snapshots.Taken snapshot, long epoch) {
    reach(node);
    kept.put(node.id(), snapshot.takenAtMillis());
  }

  @Override
  public long epochSeen(Node node, long own) {
    reach(node);
    return epochs.merge(node.id(), own, Math::max);
  }

  @Override
  public void discard(Node node, String id) {
    reach(node);
  }
}
