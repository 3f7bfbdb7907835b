package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app: a project's environment.
 *
 * @param state running, starting, degraded, stopped or failed
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
        deployment,
        id);
  }
}
