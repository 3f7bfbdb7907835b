package dev.temps.agent.runtime;

import java.time.Instant;
import java.util.Map;

/**
 * A container as its engine sees it. Times are the machine's wall clock, the epoch when never.
 *
 * @param id the engine's id
 * @param imageId config id of its image
 * @param exitCode of the last end, 0 when it never ended
 * @param outOfMemory whether the kernel ended it for using more memory than its limit
 * @param error what the engine said when the last start failed; empty if nothing
 */
public record ContainerInfo(
    String id,
    String name,
    String imageId,
    ContainerState state,
    int exitCode,
    boolean outOfMemory,
    String error,
    Instant startedAt,
    Instant finishedAt,
    boolean terminal,
    Map<String, String> labels) {

  public ContainerInfo {
    labels = Map.copyOf(labels);
  }

  /** The same with another error. */
  public ContainerInfo withError(String words) {
    return new ContainerInfo(
        id,
        name,
        imageId,
        state,
        exitCode,
        outOfMemory,
        words,
        startedAt,
        finishedAt,
        terminal,
        labels);
  }

  /** The label's value, empty when it has none. */
  public String label(String key) {
    return labels.getOrDefault(key, "");
  }
}
