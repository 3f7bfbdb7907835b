package dev.temps.control.deployment;

import org.jspecify.annotations.Nullable;

/**
 * One release of an app.
 *
 * @param number counts the app's releases from 1
 * @param image reference as people know it
 * @param digest what it meant in its registry, null for an image that only nodes have
 * @param localImageId config id of such an image, else null
 * @param settings {@link ReleaseSettings} as JSON
 * @param envSealed variables, sealed
 * @param reason why it is where it is
 * @param finishedAt when it began to serve or ended, null while it starts
 * @param servedAt when it began to serve, null if it never did
 * @param rollbackOf number of the release it repeats, null when it is no rollback
 * @param switchedAt when the routes began to lead to it, null before
 * @param routedAt when all ingress nodes that live had taken those routes, null before
 */
public record Deployment(
    String id,
    String environmentId,
    int number,
    String image,
    @Nullable String digest,
    @Nullable String localImageId,
    String settings,
    String envSealed,
    DeploymentState state,
    @Nullable String reason,
    String createdBy,
    long createdAt,
    @Nullable Long finishedAt,
    long version,
    @Nullable Long servedAt,
    @Nullable Integer rollbackOf,
    @Nullable Long switchedAt,
    @Nullable Long routedAt) {

  /** The settings, parsed. */
  public ReleaseSettings parsed() {
    return ParsedSettings.of(settings);
  }

  /** The number of the release people mean by it: a rollback stands for the one it repeats. */
  int original() {
    return rollbackOf == null ? number : rollbackOf;
  }

  /** Without settings and variables. */
  @Override
  public String toString() {
    return "Deployment[" + id + ", #" + number + ", " + image + ", " + state + "]";
  }
}
