package dev.temps.control.scheduler;

import org.jspecify.annotations.Nullable;

/** How far apart two places are when they count as different. */
public enum Level {
  /** Another machine. */
  NODE("node"),
  /** Another label {@code zone}; zones of two regions are different whatever their names. */
  ZONE("zone"),
  /** Another label {@code region}. */
  REGION("region");

  private final String word;

  Level(String word) {
    this.word = word;
  }

  /** As people write it, and the label that says it for all but {@code NODE}. */
  public String word() {
    return word;
  }

  /** The name of the node's place at this level; null when its label is missing. */
  @Nullable String of(NodeState node) {
    @Nullable String region = node.labels().get(REGION.word);
    return switch (this) {
      case NODE -> node.id();
      case REGION -> region;
      case ZONE -> {
        @Nullable String zone = node.labels().get(ZONE.word);
        yield zone == null || region == null ? zone : region + "/" + zone;
      }
    };
  }
}
