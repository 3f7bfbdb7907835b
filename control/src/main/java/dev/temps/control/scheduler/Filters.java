package dev.temps.control.scheduler;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The hard conditions of placement, each of which says in words why a node is out. */
final class Filters {
  // A /24 without network, broadcast, gateway and the first ten, and some that rest after use.
  private static final int CONTAINERS_MAX = 230;

  private Filters() {}

  /** Why the node can't take one more replica, null when it can; the most telling reason first. */
  static @Nullable String refusal(NodeLoad load, PlacementSpec spec) {
    NodeState node = load.node();
    for (Home home : spec.homes()) {
      if (!home.nodeId().equals(node.id())) {
        return home.why();
      }
    }
    String pinned = spec.node();
    if (pinned != null && !pinned.equals(node.id())) {
      return "not the node that was asked for";
    }
    if (node.closed() != null) {
      return node.closed();
    }
    if (!spec.architectures().isEmpty() && !spec.architectures().contains(node.arch())) {
      return "is " + node.arch() + ", the image is for " + String.join(", ", spec.architectures());
    }
    if (spec.imageNodes() != null && !spec.imageNodes().contains(node.id())) {
      return "does not have the image, and no registry offers it";
    }
    String label = labels(node, spec);
    return label != null ? label : shortage(load, spec);
  }

  private static @Nullable String labels(NodeState node, PlacementSpec spec) {
    for (Map.Entry<String, String> wish : new TreeMap<>(spec.require()).entrySet()) {
      if (!wish.getValue().equals(node.labels().get(wish.getKey()))) {
        return "needs " + wish.getKey() + "=" + wish.getValue();
      }
    }
    for (Map.Entry<String, String> wish : new TreeMap<>(spec.avoid()).entrySet()) {
      if (wish.getValue().equals(node.labels().get(wish.getKey()))) {
        return "has " + wish.getKey() + "=" + wish.getValue() + ", to be avoided";
      }
    }
    return null;
  }

  private static @Nullable String shortage(NodeLoad load, PlacementSpec spec) {
    long memoryLeft = load.node().memoryBytes() - load.memoryBytes();
    long cpuLeft = load.node().cpuMillis() - load.cpuMillis();
    boolean memoryShort = spec.memoryBytes() > 0 && spec.memoryBytes() > memoryLeft;
    boolean cpuShort = spec.cpuMillis() > 0 && spec.cpuMillis() > cpuLeft;
    if (memoryShort && cpuShort) {
      return memory(spec, memoryLeft) + " and " + cpu(spec, cpuLeft);
    }
    if (memoryShort) {
      return memory(spec, memoryLeft);
    }
    if (cpuShort) {
      return cpu(spec, cpuLeft);
    }
    return load.containers() >= CONTAINERS_MAX ? "has " + CONTAINERS_MAX + " containers" : null;
  }

  private static String memory(PlacementSpec spec, long left) {
    return Amounts.memory(spec.memoryBytes() - left) + " memory short";
  }

  private static String cpu(PlacementSpec spec, long left) {
    return Amounts.cpu(spec.cpuMillis() - left) + " short";
  }
}
