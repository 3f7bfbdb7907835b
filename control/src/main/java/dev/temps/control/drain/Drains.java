package dev.temps.control.drain;

import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.deployment.Evictions;
import dev.temps.control.event.EventStore;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Node;
import dev.temps.control.node.Nodes;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.OperationStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Drains of nodes: asked for by people, carried on by {@link #step}. Thread-safe. */
public final class Drains {
  /** Kind of these operations. */
  public static final String KIND = "drain";

  private static final Duration DEADLINE_MAX = Duration.ofDays(7);

  private final Database database;
  private final Nodes nodes;
  private final EventStore events;
  private final AuditLog audit;
  private final Ids ids;
  private final Time time;
  private final Runnable changed;

  /** Drains over these rooms; {@code changed} runs after a wish for a node has changed. */
  public Drains(
      Database database,
      Nodes nodes,
      EventStore events,
      AuditLog audit,
      Ids ids,
      Time time,
      Runnable changed) {
    this.database = database;
    this.nodes = nodes;
    this.events = events;
    this.audit = audit;
    this.ids = ids;
    this.time = time;
    this.changed = changed;
  }

  /**
   * Begins to empty a node, or finds the drain that does so already.
   *
   * @param deadlineSeconds after which it gives up and leaves the node cordoned; null for never
   * @throws dev.temps.kit.ProblemException 404, or 422 for a deadline that is not possible
   */
  public Operation drain(String nameOrId, @Nullable Long deadlineSeconds, Actor actor) {
    Node node = nodes.find(nameOrId);
    Long deadline = deadline(deadlineSeconds);
    Operation operation = database.write(handle -> begin(handle, node, deadline, actor));
    nodes.refresh(node.id());
    changed.run();
    return operation;
  }

  private @Nullable Long deadline(@Nullable Long seconds) {
    if (seconds == null) {
      return null;
    }
    if (seconds < 1 || seconds > DEADLINE_MAX.toSeconds()) {
      throw Problem.invalid(
              "deadlineSeconds",
              seconds + " s is not possible.",
              "Use 1 s to 7 days, or none: then it goes on until it is cancelled.")
          .raise();
    }
    return time.millis() + seconds * 1_000;
  }

  private Operation begin(Handle handle, Node node, @Nullable Long deadline, Actor actor) {
    Optional<Operation> running = OperationStore.running(handle, KIND, node.id());
    if (running.isPresent()) {
      return running.get();
    }
    long now = time.millis();
    Operation fresh =
        new Operation(
            ids.next("op"),
            KIND,
            node.id(),
            node.name(),
            OperationState.running,
            "looking at what runs there",
            0,
            Evictions.on(handle, node.id()).size(),
            null,
            deadline,
            null,
            actor.name(),
            now,
            now,
            null);
    OperationStore.insert(handle, fresh);
    nodes.want(handle, node.id(), Availability.draining);
    events.add(
        handle, now, "node.draining", node.name(), node.id(), "asked for by " + actor.name());
    audit.done(handle, actor, "node.drain", node.name());
    return fresh;
  }

  /**
   * Makes a node active again, at any moment; a drain that runs is cancelled.
   *
   * @throws dev.temps.kit.ProblemException 404
   */
  public Node undrain(String nameOrId, Actor actor) {
    Node node = nodes.find(nameOrId);
    database.change(handle -> {
      OperationStore.running(handle, KIND, node.id())
          .ifPresent(o -> OperationStore.askToCancel(handle, o, actor.name(), time.millis()));
      nodes.want(handle, node.id(), Availability.active);
      audit.done(handle, actor, "node.undrain", node.name());
    });
    nodes.refresh(node.id());
    changed.run();
    return nodes.find(node.id());
  }

  /** Carries all drains on; safe at any time and again. */
  public void step() {
    for (Operation operation : database.read(h -> OperationStore.running(h, KIND))) {
      boolean wished = database.write(handle -> carryOn(handle, operation.id()));
      if (wished) {
        nodes.refresh(operation.subject());
        changed.run();
      }
    }
  }

  /** Whether the wish for the node changed. */
  private boolean carryOn(Handle handle, String id) {
    Operation operation = OperationStore.find(handle, id).orElseThrow();
    if (operation.state().finished()) {
      return false;
    }
    long now = time.millis();
    Optional<Node> node = nodes.living(handle, operation.subject());
    if (node.isEmpty()) {
      OperationStore.finish(
          handle, operation, OperationState.cancelled, "the node was removed", now);
      return false;
    }
    List<Evictions.Resident> residents = Evictions.on(handle, operation.subject());
    DrainState state =
        new DrainState(
            operation,
            node.get().availability(),
            residents.stream().map(Evictions.Resident::name).toList(),
            residents.stream().flatMap(r -> r.blocker().stream()).distinct().toList(),
            now);
    return switch (DrainPlanner.plan(state)) {
      case DrainStep.GoOn on -> {
        OperationStore.progress(handle, operation, on.step(), on.done(), on.total(), now);
        yield false;
      }
      case DrainStep.End end -> {
        if (end.state() == OperationState.succeeded) {
          OperationStore.progress(
              handle, operation, "done", operation.total(), operation.total(), now);
        }
        OperationStore.finish(handle, operation, end.state(), end.reason(), now);
        events.add(
            handle,
            now,
            end.state() == OperationState.succeeded ? "node.drained" : "node.drain-ended",
            operation.subjectName(),
            operation.subject(),
            end.reason());
        yield nodes.want(handle, operation.subject(), end.wish());
      }
    };
  }
}
