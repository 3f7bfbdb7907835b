package dev.temps.control.project;

import dev.temps.contract.agent.Desired;
import org.jspecify.annotations.Nullable;

/**
 * One running variant of a project, an app.
 *
 * @param project name of its project
 * @param name {@code production}, {@code preview-12}
 * @param app name shown to people and part of its host name
 * @param restartGeneration raised to ask for one restart of all replicas
 * @param nextNumber of the next release
 * @param version raised by every change, for compare-and-set
 */
public record Environment(
    String id,
    String projectId,
    String project,
    String name,
    String app,
    Desired desired,
    int replicas,
    long restartGeneration,
    int nextNumber,
    long createdAt,
    @Nullable Long removedAt,
    long version) {

  /** The environment that carries its project's name. */
  public static final String PRODUCTION = "production";
}
