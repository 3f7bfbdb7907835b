package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One container this node must make true. Lifecycle is only {@code desired} and {@code
 * restartGeneration}; a spec that is gone means: stop and remove. {@code id} is the container's
 * name, so creating is idempotent; nothing but {@code desired}, {@code restartGeneration} and
 * {@code login} ever changes for one id.
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
    Map<String, String> labels) {

  public WorkloadSpec {
    env = List.copyOf(env);
    command = command == null ? null : List.copyOf(command);
    labels = Map.copyOf(labels);
  }

  /** Without {@code env}, which holds secrets. */
  @Override
  public String toString() {
    return "WorkloadSpec[" + id + ", " + image + ", " + desired + "]";
  }
}
