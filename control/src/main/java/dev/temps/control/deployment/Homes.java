package dev.temps.control.deployment;

import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import dev.temps.control.project.Environment;
import dev.temps.control.scheduler.Home;
import dev.temps.control.volume.Volume;
import dev.temps.control.volume.VolumeState;
import dev.temps.control.volume.VolumeStore;
import dev.temps.kit.Ids;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Ties an app to the nodes that have its volumes, inside the caller's transaction. Stateless. */
final class Homes {
  private static final String NOWHERE = "";

  private Homes() {}

  /** The living volumes that a release mounts. */
  static List<Volume> volumes(Handle handle, Environment app, ReleaseSettings settings) {
    if (settings.mounts().isEmpty()) {
      return List.of();
    }
    return VolumeStore.of(handle, app).stream()
        .filter(v -> settings.mounts().containsKey(v.name()))
        .toList();
  }

  /** The nodes a release is tied to; none when all its volumes are still to be made. */
  static List<Home> of(Handle handle, Environment app, ReleaseSettings settings) {
    return volumes(handle, app, settings).stream().map(v -> home(handle, v)).toList();
  }

  private static Home home(Handle handle, Volume volume) {
    String node = NodeStore.byId(handle, volume.nodeId()).map(Node::name).orElse(volume.nodeId());
    return volume.state() == VolumeState.lost
        ? new Home(
            NOWHERE,
            "the data of volume "
                + volume.name()
                + " was lost with "
                + node
                + "; to begin with an empty one: temps volume remove "
                + volume.fullName())
        : new Home(volume.nodeId(), "the data of volume " + volume.name() + " is on " + node);
  }

  /** Begins the volumes of a release that do not live yet, on the node it was given. */
  static void begin(
      Handle handle,
      Environment app,
      ReleaseSettings settings,
      String nodeId,
      Ids ids,
      long nowMillis) {
    Set<String> there =
        volumes(handle, app, settings).stream().map(Volume::name).collect(Collectors.toSet());
    for (String name : new TreeSet<>(settings.mounts().keySet())) {
      if (!there.contains(name)) {
        VolumeStore.begin(handle, app, name, nodeId, ids.next("v"), nowMillis);
      }
    }
  }
}
