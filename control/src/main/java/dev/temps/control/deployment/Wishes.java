package dev.temps.control.deployment;

import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.OperationStore;
import dev.temps.control.operation.Progress;
import dev.temps.control.project.Environment;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Scales, restarts, stops and starts as operations: the app's desired state decides, the operation
 * tells when it is true. Called from one loop.
 */
final class Wishes {
  /** What a wish of a kind makes pointless. */
  private static final Map<String, Set<String>> ENDS =
      Map.of(
          Kinds.SCALE, Set.of(Kinds.SCALE),
          Kinds.RESTART, Set.of(Kinds.RESTART),
          Kinds.START, Set.of(Kinds.START, Kinds.STOP),
          Kinds.STOP, Set.of(Kinds.STOP, Kinds.START, Kinds.SCALE, Kinds.RESTART));

  private final Database database;
  private final AppStates states;
  private final Time time;

  Wishes(DeploymentParts parts) {
    this.database = parts.database();
    this.states = new AppStates(parts.fleet());
    this.time = parts.time();
  }

  /** The operation of a wish, in the transaction that writes it; the newest wish wins. */
  static Operation begin(
      Handle handle, Ids ids, String kind, Environment app, Operation.Begun begun) {
    for (String ended : ENDS.getOrDefault(kind, Set.of())) {
      OperationStore.running(handle, ended, app.id())
          .ifPresent(old -> {
            String why = begun.by() + " asked for another " + kind;
            OperationStore.finish(handle, old, OperationState.cancelled, why, begun.at());
          });
    }
    Operation fresh =
        Operation.begun(
            ids.next("op"), kind, app.id(), app.app(), "asked for", app.replicas(), begun);
    OperationStore.insert(handle, fresh);
    return fresh;
  }

  /** Tells how all of them get on; safe at any time and again. Only what is news is written. */
  void tell() {
    for (Operation operation : database.read(this::news)) {
      database.change(handle -> {
        Progress now = progress(operation, states.one(handle, operation.subject(), time.millis()));
        OperationStore.write(handle, operation, now, time.millis());
      });
    }
  }

  private List<Operation> news(Handle handle) {
    List<Operation> running =
        ENDS.keySet().stream()
            .flatMap(kind -> OperationStore.running(handle, kind).stream())
            .toList();
    Sights sights = new Sights(states, handle, time.millis(), running.size());
    return running.stream()
        .filter(o -> !OperationStore.says(o, progress(o, sights.of(o.subject()))))
        .toList();
  }

  private static Progress progress(Operation operation, Optional<AppState> app) {
    return app.map(s -> WishProgress.of(operation.kind(), s))
        .orElseGet(() -> new Progress.End(OperationState.cancelled, "the app was removed"));
  }
}
