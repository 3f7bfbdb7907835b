package dev.temps.control.backup;

import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.OperationStore;
import dev.temps.control.operation.Progress;
import dev.temps.control.store.Database;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A restored control plane waits for its nodes, as an operation: it has ended when all of them
 * report to it, or after ten minutes with the names of those that don't. Called from one loop.
 */
public final class Restores {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Database database;
  private final NodeDirectory directory;
  private final NodeMonitor monitor;
  private final Time time;

  /** Restores of the nodes of {@code directory}. */
  public Restores(Database database, NodeDirectory directory, NodeMonitor monitor, Time time) {
    this.database = database;
    this.directory = directory;
    this.monitor = monitor;
    this.time = time;
  }

  /** The operation of a restore, in the transaction that makes this the cluster's control plane. */
  public static void begin(Handle handle, String id, String cluster, int nodes, long nowMillis) {
    for (Operation before : OperationStore.running(handle, Kinds.RESTORE)) {
      String why = "restored once more";
      OperationStore.finish(handle, before, OperationState.cancelled, why, nowMillis);
    }
    OperationStore.insert(
        handle,
        Operation.begun(
            id,
            Kinds.RESTORE,
            cluster,
            "control plane",
            "put back from its snapshot; waiting to be started",
            nodes,
            new Operation.Begun("temps serve --restore", nowMillis, nowMillis + LIMIT.toMillis())));
  }

  /** Tells how it gets on; safe at any time and again. */
  public void step() {
    for (Operation operation : database.read(h -> OperationStore.running(h, Kinds.RESTORE))) {
      Progress now = progress(operation);
      database.change(handle -> OperationStore.write(handle, operation, now, time.millis()));
    }
  }

  private Progress progress(Operation operation) {
    List<String> missing = new ArrayList<>();
    int all = 0;
    for (Node node : directory.all()) {
      all++;
      if (monitor.liveness(node) != Liveness.ready
          || monitor.status(node).lastReportAtMillis() == 0) {
        missing.add(node.name());
      }
    }
    missing.sort(null);
    int here = all - missing.size();
    String words = here + " of " + all + " nodes report to this control plane";
    if (missing.isEmpty()) {
      return new Progress.End(OperationState.succeeded, words);
    }
    String waiting = words + "; not yet: " + String.join(", ", missing);
    return operation.late(time.millis())
        ? new Progress.End(OperationState.failed, waiting)
        : new Progress.GoOn(waiting, here, all);
  }
}
