package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One container this node must make true. Lifecycle is only {@code desired} and {@code
 * restartGeneration}; a spec that is gone means: stop and remove. {@code id} is the container's
 * name, so creating is idempotent; nothing but {@code desired}, {@code restartGeneration}, {@code
 * login}, {@code search} and {@code made} of a volume ever changes for one id; a container keeps
 * the {@code search} it was made with.
 *
 * @param id instance id, also the container's name
 * @param app name shown to people, e.g. web
 * @param image reference to pull, by digest where there is one
 * @param imageId config id it must have when the image is not from a registry, else null
 * @param env {@code KEY=value}; holds secrets, never printed
 * @param command replaces the image's command; null: the image's own
 * @param address address in the node's subnet
 * @param mac hardware address, derived from the address
 * @param port port it serves on, 0 for none
 * @param cpuMillis limit in thousandths of a core, 0 for none
 * @param memoryBytes limit, 0 for none
 * @param desired {@code running} or {@code stopped}
 * @param restartGeneration raised to ask for one restart
 * @param stopGraceMillis from SIGTERM to SIGKILL
 * @param volumes what must be mounted; null from a control plane that knows no volumes: none
 * @param exclusive true: never two at once, so it runs only under a {@link Lease}; null: false
 * @param search DNS domain in which it finds short names, e.g. {@code web.temps.internal}; null
 *     from a control plane that knows no names: Docker's own resolver
 */
@Json
public record WorkloadSpec(
    String id,
    String app,
    String image,
    @Nullable String imageId,
    @Nullable RegistryLogin login,
    List<String> env,
    @Nullable List<String> command,
    String address,
    String mac,
    int port,
    long cpuMillis,
    long memoryBytes,
    @Nullable HealthCheck health,
    Desired desired,
    long restartGeneration,
    long stopGraceMillis,
    Map<String, String> labels,
    @Nullable List<VolumeMount> volumes,
    @Nullable Boolean exclusive,
    @Nullable String search) {

  public WorkloadSpec {
    env = List.copyOf(env);
    command = command == null ? null : List.copyOf(command);
    labels = Map.copyOf(labels);
    volumes = volumes == null ? null : List.copyOf(volumes);
  }

  /** One without names. */
  public WorkloadSpec(
      String id,
      String app,
      String image,
      @Nullable String imageId,
      @Nullable RegistryLogin login,
      List<String> env,
      @Nullable List<String> command,
      String address,
      String mac,
      int port,
      long cpuMillis,
      long memoryBytes,
      @Nullable HealthCheck health,
      Desired desired,
      long restartGeneration,
      long stopGraceMillis,
      Map<String, String> labels,
      @Nullable List<VolumeMount> volumes,
      @Nullable Boolean exclusive) {
    this(
        id,
        app,
        image,
        imageId,
        login,
        env,
        command,
        address,
        mac,
        port,
        cpuMillis,
        memoryBytes,
        health,
        desired,
        restartGeneration,
        stopGraceMillis,
        labels,
        volumes,
        exclusive,
        null);
  }

  /** What must be mounted. */
  public List<VolumeMount> mounts() {
    return volumes == null ? List.of() : volumes;
  }

  /** Whether it runs only under a lease. */
  public boolean leased() {
    return Boolean.TRUE.equals(exclusive);
  }

  /** The same, but it must not run, and ends within so many milliseconds. */
  public WorkloadSpec stoppedWithin(long graceMillis) {
    return new WorkloadSpec(
        id,
        app,
        image,
        imageId,
        login,
        env,
        command,
        address,
        mac,
        port,
        cpuMillis,
        memoryBytes,
        health,
        Desired.stopped,
        restartGeneration,
        graceMillis,
        labels,
        volumes,
        exclusive,
        search);
  }

  /** Without {@code env}, which holds secrets. */
  @Override
  public String toString() {
    return "WorkloadSpec[" + id + ", " + image + ", " + desired + "]";
  }
}
