package dev.temps.control.operation;

import dev.temps.control.event.EventStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Time;

/** Says at the start which long work the control plane before this one left, and goes on. */
public final class Continued {
  private Continued() {}

  /** One event for each; to be called once, before anything goes on. */
  public static void tell(Database database, EventStore events, Time time) {
    database.change(handle -> {
      for (Operation operation : OperationStore.running(handle)) {
        events.add(
            handle,
            time.millis(),
            "operation.continued",
            operation.subjectName(),
            null,
            "the control plane was started again, and the "
                + operation.kind()
                + " goes on: "
                + operation.step());
      }
    });
  }
}
