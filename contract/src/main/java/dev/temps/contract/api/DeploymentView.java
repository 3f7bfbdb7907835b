package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One release of an app and how far it got.
 *
 * @param state starting, switching (the routes lead to it, not every ingress has confirmed, or it
 *     is still watched), serving, failed, cancelled, superseded, rolled_back or stopped
 * @param reason why it is where it is, in words; the last log lines when it failed
 * @param healthy replicas that can serve
 * @param finishedAtMillis 0 while it is going on
 * @param rollbackOf number of the release this one repeats, null when it is no rollback
 */
@Json
public record DeploymentView(
    String id,
    String app,
    String project,
    String environment,
    int number,
    String image,
    @Nullable String digest,
    String state,
    @Nullable String reason,
    int replicas,
    int healthy,
    long createdAtMillis,
    long finishedAtMillis,
    List<ContainerView> containers,
    List<String> urls,
    @Nullable Integer rollbackOf) {}
