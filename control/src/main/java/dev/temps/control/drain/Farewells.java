package dev.temps.control.drain;

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
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;

/**
 * The removal of a node as an operation: it has ended when every node that is ready has dropped the
 * removed one's key, or after five minutes with the names of those that have not. Called from one
 * loop.
 */
public final class Farewells {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Database database;
  private final NodeDirectory directory;
  private final NodeMonitor monitor;
  private final LongSupplier revision;
  private final Time time;
  private final Map<String, Long> marks = new HashMap<>();

  /**
   * Removals from {@code directory}.
   *
   * @param revision makes the peers anew from the store and gives their revision
   */
  public Farewells(
      Database database,
      NodeDirectory directory,
      NodeMonitor monitor,
      LongSupplier revision,
      Time time) {
    this.database = database;
    this.directory = directory;
    this.monitor = monitor;
    this.revision = revision;
    this.time = time;
  }

  /** The operation of a removal, in its transaction. */
  static void begin(Handle handle, Ids ids, Node node, String by, long nowMillis) {
    OperationStore.insert(
        handle,
        Operation.begun(
            ids.next("op"),
            Kinds.REMOVAL,
            node.id(),
            node.name(),
            "its certificate counts for nothing; the others drop its key",
            1,
            new Operation.Begun(by, nowMillis, nowMillis + LIMIT.toMillis())));
  }

  /** Tells how they get on; safe at any time and again. */
  public void step() {
    List<Operation> running = database.read(h -> OperationStore.running(h, Kinds.REMOVAL));
    marks.keySet().retainAll(running.stream().map(Operation::id).toList());
    for (Operation operation : running) {
      long mark = marks.computeIfAbsent(operation.id(), _ -> revision.getAsLong());
      Progress now = progress(operation, mark);
      database.change(handle -> OperationStore.write(handle, operation, now, time.millis()));
    }
  }

  private Progress progress(Operation operation, long mark) {
    List<Node> ready =
        directory.all().stream().filter(n -> monitor.liveness(n) == Liveness.ready).toList();
    List<String> keeping =
        ready.stream()
            .filter(n -> monitor.status(n).applied().peers() < mark)
            .map(Node::name)
            .sorted()
            .toList();
    if (keeping.isEmpty()) {
      return new Progress.End(
          OperationState.succeeded, "removed; " + ready.size() + " nodes have dropped its key");
    }
    String waiting = "its key is still with " + String.join(", ", keeping);
    return operation.late(time.millis())
        ? new Progress.End(OperationState.failed, "removed, but " + waiting)
        : new Progress.GoOn(waiting, ready.size() - keeping.size(), ready.size());
  }
}
