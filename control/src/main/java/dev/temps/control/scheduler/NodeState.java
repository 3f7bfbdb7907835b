package dev.temps.control.scheduler;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One node as placement sees it.
 *
 * @param closed why nothing may be placed here, in a word or two ({@code cordoned}, {@code down});
 *     null when the node is open
 * @param arch as Docker names it, e.g. amd64
 * @param cpuMillis capacity in thousandths of a core
 * @param memoryBytes capacity
 */
public record NodeState(
    String id,
    String name,
    @Nullable String closed,
    String arch,
    Map<String, String> labels,
    long cpuMillis,
    long memoryBytes) {

  public NodeState {
    labels = Map.copyOf(labels);
  }
}
