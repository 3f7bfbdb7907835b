package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app: a project's environment.
 *
 * @param state running, starting, degraded, stopped or failed
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
    @Nullable DeploymentView deployment) {}
