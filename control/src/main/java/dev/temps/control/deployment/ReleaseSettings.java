package dev.temps.control.deployment;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a release that never change, stored as JSON.
 *
 * @param architectures the image is for; empty when unknown
 * @param imageNodes ids of the nodes that have the image when no registry offers it, else null
 * @param node id of the only node it may run on, null for any
 * @param command replaces the image's own, null for the image's own
 * @param registry host to look up a login for
 * @param rollout null in releases from before it could be said
 * @param volumes paths in the container by name of the volume; null: none
 * @param exclusive whether there are never two at once; null: no
 * @param protocol h2c, or null for HTTP/1.1
 * @param placement null: nothing beside labels is wished
 */
@Json
public record ReleaseSettings(
    List<String> architectures,
    @Nullable List<String> imageNodes,
    @Nullable String node,
    Map<String, String> require,
    Map<String, String> avoid,
    @Nullable List<String> command,
    long cpuMillis,
    long memoryBytes,
    int port,
    @Nullable String healthPath,
    String registry,
    @Nullable RolloutSettings rollout,
    @Nullable Map<String, String> volumes,
    @Nullable Boolean exclusive,
    @Nullable String protocol,
    @Nullable PlacementSettings placement) {

  public ReleaseSettings {
    architectures = List.copyOf(architectures);
    imageNodes = imageNodes == null ? null : List.copyOf(imageNodes);
    require = Map.copyOf(require);
    avoid = Map.copyOf(avoid);
    command = command == null ? null : List.copyOf(command);
    volumes = volumes == null ? null : Map.copyOf(volumes);
  }

  /** Whether one runs on every node that fits, however many those are. */
  boolean global() {
    return placement != null && placement.global();
  }

  /** How it takes over. */
  RolloutSettings pace() {
    return rollout == null ? RolloutSettings.STANDARD : rollout;
  }

  /** Paths in the container by name of the volume. */
  public Map<String, String> mounts() {
    return volumes == null ? Map.of() : volumes;
  }

  /** Whether it runs under a lease, so that there are never two. */
  public boolean leased() {
    return Boolean.TRUE.equals(exclusive);
  }

  /** Whether the old replica must have ended before the new one starts. */
  boolean oneAtATime() {
    return leased() || !mounts().isEmpty();
  }
}
