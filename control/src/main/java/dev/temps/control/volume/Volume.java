package dev.temps.control.volume;

import dev.temps.contract.agent.VolumeMount;
import org.jspecify.annotations.Nullable;

/**
 * One life of a volume.
 *
 * @param id the same in all its lives
 * @param generation counts its lives from 1
 * @param app name for sentences
 * @param name as its owner calls it
 * @param removedAt when a person gave it up, null while it lives
 */
public record Volume(
    String id,
    int generation,
    String project,
    String environment,
    String app,
    String name,
    String nodeId,
    VolumeState state,
    long createdAt,
    @Nullable Long removedAt) {
  /** Where nodes keep the data of volumes. */
  public static final String FOLDER = "/var/lib/temps/volumes/";

  /** {@code web:data}, what people call it. */
  public String fullName() {
    return app + ":" + name;
  }

  /** Where the data lies on its node. */
  public String folder() {
    return FOLDER + id + "/data";
  }

  /** As a node must mount it at {@code path}. */
  public VolumeMount mount(String path) {
    return new VolumeMount(id, name, path, generation, state != VolumeState.placed);
  }
}
