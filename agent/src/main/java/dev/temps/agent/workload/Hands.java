package dev.temps.agent.workload;

import dev.temps.agent.name.Resolvers;
import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.ImageInfo;
import dev.temps.agent.runtime.Labels;
import dev.temps.agent.volume.VolumeShelf;
import dev.temps.contract.agent.VolumeMount;
import dev.temps.contract.agent.WorkloadSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Carries out one action with the engine, so many at a time and no more. Thread-safe; owns nothing
 * but the caps.
 */
final class Hands {
  /** Name of the engine's network that workloads are on. */
  static final String NETWORK = "temps";

  private static final int PULLS_MAX = 8; // so that slow registries don't hold up the others soon
  private static final int OTHERS_MAX = 8; // an engine does not get faster by more

  private final ContainerRuntime runtime;
  private final VolumeShelf volumes;
  private final Resolvers resolvers;
  private final Semaphore pulls = new Semaphore(PULLS_MAX);
  private final Semaphore others = new Semaphore(OTHERS_MAX);

  Hands(ContainerRuntime runtime, VolumeShelf volumes, Resolvers resolvers) {
    this.runtime = runtime;
    this.volumes = volumes;
    this.resolvers = resolvers;
  }

  /**
   * Does it.
   *
   * @throws EngineException when it could not be done
   */
  void perform(Action action) {
    Semaphore cap = action instanceof Action.Pull ? pulls : others;
    try {
      cap.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.interrupted, "interrupted", e);
    }
    try {
      switch (action) {
        case Action.Pull pull ->
            runtime.pull(pull.spec().image(), pull.spec().login(), progress -> {});
        case Action.Create create -> create(create.spec());
        case Action.Start start -> runtime.start(start.id());
        case Action.Stop stop -> runtime.stop(stop.id(), stop.grace());
        case Action.Remove remove -> runtime.remove(remove.id());
        case Action.Nothing nothing -> {}
      }
    } finally {
      cap.release();
    }
  }

  /** Whether the image of a workload needs no pull; a local one is looked for when creating. */
  boolean imageHere(WorkloadSpec spec) {
    return spec.imageId() != null || runtime.image(spec.image()).isPresent();
  }

  /**
   * Sees to it that a workload's volumes are what they should be.
   *
   * @throws dev.temps.agent.volume.VolumeException when one is not
   */
  void prepare(WorkloadSpec spec) {
    spec.mounts().forEach(volumes::prepare);
  }

  private ContainerSpec.Volume volume(VolumeMount mount) {
    String folder = volumes.data(mount.id()).toString();
    return new ContainerSpec.Volume(VolumeName.of(mount.id()), folder, mount.path());
  }

  private void create(WorkloadSpec spec) {
    ImageInfo image = image(runtime, spec);
    Map<String, String> labels = new HashMap<>(spec.labels());
    labels.put(Labels.WORKLOAD, spec.id());
    labels.put(Labels.APP, spec.app());
    labels.put(Labels.SPEC, SpecHash.of(spec));
    labels.put(Labels.GENERATION, Long.toString(spec.restartGeneration()));
    labels.put(Labels.GRACE, Long.toString(spec.stopGraceMillis()));
    if (!spec.mounts().isEmpty()) {
      labels.put(Labels.VOLUMES, VolumeName.label(spec.mounts()));
    }
    String own = runtime.engine().architecture();
    if (!image.architecture().isEmpty() && !image.architecture().equals(own)) {
      labels.put(Labels.FOREIGN, image.architecture()); // emulation may be there: it is tried
    }
    String imageId = spec.imageId();
    runtime.create(
        new ContainerSpec(
            spec.id(),
            imageId == null ? spec.image() : imageId,
            spec.env(),
            spec.command(),
            labels,
            new ContainerSpec.Attachment(NETWORK, spec.address(), spec.mac()),
            false,
            spec.cpuMillis(),
            spec.memoryBytes(),
            spec.mounts().stream().map(this::volume).toList(),
            resolver(resolvers, spec)));
  }

  /** The file by which a workload finds names; null: the engine's own. */
  static @Nullable String resolver(Resolvers resolvers, WorkloadSpec spec) {
    try {
      return resolvers.file(spec).map(Path::toString).orElse(null);
    } catch (IOException e) {
      throw new EngineException(
          Kind.refused, "its resolv.conf can't be written: " + e.getMessage(), e);
    }
  }

  /** The image a workload is made from, which must be on this machine by now. */
  static ImageInfo image(ContainerRuntime runtime, WorkloadSpec spec) {
    String imageId = spec.imageId();
    Optional<ImageInfo> found = runtime.image(imageId == null ? spec.image() : imageId);
    return found.orElseThrow(() -> absent(runtime, spec));
  }

  private static EngineException absent(ContainerRuntime runtime, WorkloadSpec spec) {
    String name = "image " + spec.image();
    Optional<ImageInfo> namesake = runtime.image(spec.image());
    if (namesake.isPresent()) {
      return new EngineException(
          Kind.missing,
          name
              + " on this node is "
              + namesake.get().id()
              + ", not "
              + spec.imageId()
              + " as deployed; load the right one here, or push it to a registry");
    }
    return new EngineException(
        Kind.missing,
        name
            + " is not on this node and comes from no registry;"
            + " load it here with docker load, or push it to a registry");
  }
}
