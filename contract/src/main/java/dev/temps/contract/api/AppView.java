package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app: a project's environment.
 *
 * @param state running, starting, degraded, stopped or failed
 * @param internalName under which containers of its project, or of one that is linked, reach it
 * @param address of that name, the same for as long as the app lives; null before the control plane
 *     has given one
 * @param operation id of the one that tells when a wish is true; only in the answer to the wish
 */
@Json
public record AppView(
    String name,
    String project,
    String environment,
    String image,
    int replicas,
    int healthy,
    String state,
    @Nullable String reason,
    int port,
    List<String> urls,
    String internalName,
    @Nullable String address,
    @Nullable DeploymentView deployment,
    @Nullable String operation) {

  /** The same as the answer to a wish. */
  public AppView withOperation(String id) {
    return new AppView(
        name,
        project,
        environment,
        image,
        replicas,
        healthy,
        state,
        reason,
        port,
        urls,
        internalName,
        address,
        deployment,
        id);
  }
}
