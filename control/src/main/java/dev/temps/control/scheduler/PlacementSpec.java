package dev.temps.control.scheduler;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one replica of a release needs.
 *
 * @param app name for sentences
 * @param group the release; see {@link Occupant}
 * @param cpuMillis to reserve, 0 for none
 * @param memoryBytes to reserve, 0 for none
 * @param node id of the only node it may run on, null for any
 * @param require labels a node must have
 * @param avoid labels a node must not have
 * @param architectures the image is for, empty when unknown
 * @param imageNodes ids of the nodes that have the image when no registry offers it; null when a
 *     registry does
 * @param homes nodes it is tied to; more than one different of them is none
 */
public record PlacementSpec(
    String app,
    String group,
    long cpuMillis,
    long memoryBytes,
    @Nullable String node,
    Map<String, String> require,
    Map<String, String> avoid,
    List<String> architectures,
    @Nullable Set<String> imageNodes,
    List<Home> homes) {

  public PlacementSpec {
    require = Map.copyOf(require);
    avoid = Map.copyOf(avoid);
    architectures = List.copyOf(architectures);
    imageNodes = imageNodes == null ? null : Set.copyOf(imageNodes);
    homes = List.copyOf(homes);
  }
}
