package dev.temps.control.deployment;

import dev.temps.control.project.Environment;
import dev.temps.control.project.VariableSet;
import dev.temps.control.project.VariableStore;
import dev.temps.control.secret.Sealer;
import org.jdbi.v3.core.Handle;

/** The variables an app's next release gets, inside the caller's transaction. Thread-safe. */
final class AppVariables {
  private final Sealer sealer;
  private final VariableStore store;

  AppVariables(Sealer sealer) {
    this.sealer = sealer;
    this.store = new VariableStore(sealer);
  }

  /** What is kept; for an app from before variables were kept, those of its present release. */
  VariableSet of(Handle handle, Environment app) {
    VariableSet kept = VariableSet.of(store.list(handle, app.id()));
    if (!kept.entries().isEmpty()) {
      return kept;
    }
    return DeploymentStore.current(handle, app.id())
        .map(release -> Variables.open(sealer, release))
        .filter(variables -> variables.secrets() == null)
        .map(Variables::set)
        .orElse(kept);
  }

  /** Keeps these for the next release. */
  void keep(Handle handle, Environment app, VariableSet next, String actor, long nowMillis) {
    store.replace(handle, app.id(), next, actor, nowMillis);
  }
}
