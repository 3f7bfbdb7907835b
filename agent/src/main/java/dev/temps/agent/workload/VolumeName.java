package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.Labels;
import dev.temps.contract.agent.VolumeMount;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of volumes in the engine. Pure. */
final class VolumeName {
  private VolumeName() {}

  /** The engine's name of a volume. */
  static String of(String id) {
    return "temps-" + id;
  }

  /** The label of a container with these. */
  static String label(List<VolumeMount> mounts) {
    return mounts.stream().map(VolumeMount::id).sorted().collect(Collectors.joining(","));
  }

  /** Ids of the volumes a container has. */
  static Set<String> of(ContainerInfo container) {
    return Set.of(container.label(Labels.VOLUMES).split(",", -1));
  }
}
