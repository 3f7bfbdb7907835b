package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.api.VariablesPatch;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.project.Variable;
import dev.temps.control.project.VariableSet;
import dev.temps.control.project.VariableStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Time;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Variables of apps: kept sealed, applied by a new release like the present one. Names are told and
 * audited, values never. Thread-safe.
 */
public final class VariableService {
  private final Database database;
  private final AppVariables variables;
  private final VariableStore store;
  private final Releasing releasing;
  private final EventStore events;
  private final AuditLog audit;
  private final Time time;
  private final Runnable changed;

  /** A service over the rooms of {@code parts}. */
  public VariableService(DeploymentParts parts) {
    this.database = parts.database();
    this.variables = new AppVariables(parts.sealer());
    this.store = new VariableStore(parts.sealer());
    this.releasing = new Releasing(parts);
    this.events = parts.events();
    this.audit = parts.audit();
    this.time = parts.time();
    this.changed = parts.changed();
  }

  /**
   * What a change came to.
   *
   * @param release made to apply it; null when none was
   * @param note why none was
   */
  public record Outcome(@Nullable Deployment release, @Nullable String note) {}

  /** Variables of an app by name; whoever shows them leaves out values of secrets. */
  public List<Variable> list(String nameOrId) {
    return database.read(handle -> store.list(handle, ProjectStore.get(handle, nameOrId).id()));
  }

  /**
   * Changes variables: all that is asked for or nothing.
   *
   * @throws dev.temps.kit.ProblemException 404, 422, or 409 when the release has no place
   */
  public Outcome change(String nameOrId, VariablesPatch patch, Actor actor) {
    VariableChange change = VariableChange.parse(patch);
    Outcome outcome = database.write(handle -> change(handle, nameOrId, change, actor));
    if (outcome.release() != null) {
      changed.run();
    }
    return outcome;
  }

  private Outcome change(Handle handle, String nameOrId, VariableChange change, Actor actor) {
    Environment app = ProjectStore.get(handle, nameOrId);
    VariableSet before = variables.of(handle, app);
    VariableSet after = change.on(before);
    variables.keep(handle, app, after, actor.name(), time.millis());
    if (after.equals(before)) {
      return new Outcome(null, "Nothing is different, so no release was made.");
    }
    String what = app.app() + ": " + change.words();
    events.add(
        handle,
        time.millis(),
        "variables.changed",
        app.app(),
        null,
        actor.name() + ": " + change.words());
    audit.done(handle, actor, "env.change", what);
    return release(handle, app, change, after, actor);
  }

  private Outcome release(
      Handle handle, Environment app, VariableChange change, VariableSet after, Actor actor) {
    if (!change.deploy()) {
      return new Outcome(null, "Kept for the next release.");
    }
    Optional<Deployment> present = DeploymentStore.youngest(handle, app.id());
    if (app.desired() == Desired.stopped || present.isEmpty()) {
      String why = present.isEmpty() ? "has no release" : "is stopped";
      return new Outcome(null, "Kept for the next release: " + app.app() + " " + why + ".");
    }
    Draft draft = Draft.again(present.get(), Variables.of(after), null);
    String why = ", like release " + present.get().number() + " with other variables";
    return new Outcome(releasing.add(handle, app, draft, "env.deploy", why, actor), null);
  }
}
