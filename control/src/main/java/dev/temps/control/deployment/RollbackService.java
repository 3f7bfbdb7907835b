package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.control.audit.Actor;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.secret.Sealer;
import dev.temps.control.store.Database;
import dev.temps.kit.Time;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Goes back to an old release: a new one with its image, settings and variables. Its image is known
 * by digest, so no registry is asked and nothing is built. Thread-safe.
 */
public final class RollbackService {
  private static final int RELEASES_MAX = 10_000;

  private final Database database;
  private final Sealer sealer;
  private final AppVariables kept;
  private final Releasing releasing;
  private final Time time;
  private final Runnable changed;

  /** A service over the rooms of {@code parts}. */
  public RollbackService(DeploymentParts parts) {
    this.database = parts.database();
    this.sealer = parts.sealer();
    this.kept = new AppVariables(parts.sealer());
    this.releasing = new Releasing(parts);
    this.time = parts.time();
    this.changed = parts.changed();
  }

  /**
   * Adds the release. The number of replicas stays; a stopped app is started.
   *
   * @param to number of the release to repeat, null for the one that served before the present one
   * @throws dev.temps.kit.ProblemException 404 or 409 with the reason; nothing was changed then
   */
  public Deployment rollBack(String nameOrId, @Nullable Integer to, Actor actor) {
    Deployment made = database.write(handle -> add(handle, nameOrId, to, actor));
    changed.run();
    return made;
  }

  private Deployment add(Handle handle, String nameOrId, @Nullable Integer to, Actor actor) {
    Environment app = ProjectStore.get(handle, nameOrId);
    Deployment target =
        RollbackTarget.choose(app.app(), DeploymentStore.list(handle, app.id(), RELEASES_MAX), to);
    ProjectStore.want(handle, app, Desired.running, app.replicas());
    Environment wanted = ProjectStore.get(handle, app.id());
    Variables variables = Variables.open(sealer, target);
    // What runs is what is listed, and what the next release gets.
    kept.keep(handle, app, variables.set(), actor.name(), time.millis());
    Draft draft = Draft.again(target, Variables.of(variables.set()), target.original());
    String why = ", rollback to release " + target.original();
    return releasing.add(handle, wanted, draft, "app.rollback", why, actor);
  }
}
