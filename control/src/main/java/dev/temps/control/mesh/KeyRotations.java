package dev.temps.control.mesh;

import dev.temps.contract.agent.PeerObservation;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Nodes;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.OperationStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Rotations of WireGuard keys: asked for by people, carried on by {@link #step}. Private keys never
 * leave their nodes. Thread-safe.
 */
public final class KeyRotations {
  /** Kind of these operations. */
  public static final String KIND = "mesh-rotate";

  private final Database database;
  private final Nodes nodes;
  private final NodeMonitor monitor;
  private final EventStore events;
  private final AuditLog audit;
  private final Ids ids;
  private final Time time;
  private final Runnable changed;
  private volatile KeyTurns turns;

  /** Rotations over these rooms; {@code changed} runs after nodes have to be told something. */
  public KeyRotations(
      Database database,
      Nodes nodes,
      NodeMonitor monitor,
      EventStore events,
      AuditLog audit,
      Ids ids,
      Time time,
      Runnable changed) {
    this.database = database;
    this.nodes = nodes;
    this.monitor = monitor;
    this.events = events;
    this.audit = audit;
    this.ids = ids;
    this.time = time;
    this.changed = changed;
    this.turns = new KeyTurns(database.read(KeyStore::all));
  }

  /** What all nodes must know of rotations now. */
  public KeyTurns now() {
    return turns;
  }

  /**
   * Begins to rotate the key of one node or of all, one after the other; one that is being rotated
   * already is found.
   *
   * @param nameOrId null for all
   * @throws dev.temps.kit.ProblemException 404 when there is no such node
   */
  public List<Operation> rotate(@Nullable String nameOrId, Actor actor) {
    List<Node> chosen = nameOrId == null ? nodes.list() : List.of(nodes.find(nameOrId));
    return database.write(
        handle -> chosen.stream().map(node -> begin(handle, node, actor)).toList());
  }

  private Operation begin(Handle handle, Node node, Actor actor) {
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
            "waiting for its turn",
            0,
            KeyPlanner.STEPS,
            null,
            null,
            null,
            actor.name(),
            now,
            now,
            null);
    OperationStore.insert(handle, fresh);
    audit.done(handle, actor, "mesh.rotate", node.name());
    return fresh;
  }

  /** Carries all rotations on; safe at any time and again. */
  public synchronized void step() {
    for (Operation operation : database.read(h -> OperationStore.running(h, KIND))) {
      if (database.write(handle -> carryOn(handle, operation.id()))) {
        nodes.refresh(operation.subject());
        turns = new KeyTurns(database.read(KeyStore::all));
        changed.run();
      }
    }
  }

  /** Whether nodes have to be told something new. */
  private boolean carryOn(Handle handle, String id) {
    Operation operation = OperationStore.find(handle, id).orElseThrow();
    if (operation.state().finished()) {
      return false;
    }
    KeyState state = state(handle, operation);
    String node = operation.subject();
    return switch (KeyPlanner.plan(state)) {
      case KeyStep.Wait wait -> {
        progress(handle, operation, wait.step(), wait.done());
        yield false;
      }
      case KeyStep.Release release -> {
        progress(handle, operation, release.step(), 0);
        KeyStore.remove(handle, node);
        yield state.row() != null;
      }
      case KeyStep.Begin _ -> {
        KeyStore.put(handle, node, null, null);
        yield true;
      }
      case KeyStep.Announce announce -> {
        if (nodes.otherHasKey(handle, node, announce.key())) {
          end(handle, operation, OperationState.failed, "its next key is another node's");
        } else {
          KeyStore.put(handle, node, announce.key(), null);
        }
        yield true;
      }
      case KeyStep.Turn _ -> {
        KeyRow row = KeyStore.find(handle, node).orElseThrow();
        KeyStore.put(handle, node, row.nextKey(), time.millis());
        yield true;
      }
      case KeyStep.Adopt adopt -> {
        nodes.rekey(handle, node, adopt.key());
        progress(handle, operation, "done", KeyPlanner.STEPS);
        String why = "it has a new WireGuard key, and the old one counts for nothing";
        end(handle, operation, OperationState.succeeded, why);
        yield true;
      }
      case KeyStep.End end -> {
        end(handle, operation, end.state(), end.reason());
        yield true;
      }
    };
  }

  private void progress(Handle handle, Operation operation, String step, int done) {
    OperationStore.progress(handle, operation, step, done, KeyPlanner.STEPS, time.millis());
  }

  private void end(Handle handle, Operation operation, OperationState state, String reason) {
    long now = time.millis();
    KeyStore.remove(handle, operation.subject());
    OperationStore.finish(handle, operation, state, reason, now);
    String kind = state == OperationState.succeeded ? "node.rekeyed" : "node.rekey-ended";
    events.add(handle, now, kind, operation.subjectName(), operation.subject(), reason);
  }

  private KeyState state(Handle handle, Operation operation) {
    String id = operation.subject();
    Node node = nodes.living(handle, id).orElse(null);
    KeyRow row = KeyStore.find(handle, id).orElse(null);
    String next = row == null ? null : row.nextKey();
    return new KeyState(
        operation,
        node != null,
        node != null && monitor.liveness(node) == Liveness.ready,
        node == null ? "" : node.wireguardKey(),
        row,
        node == null ? null : monitor.keys(node),
        other(handle, id),
        without(id, keys -> keys.contains(next)),
        without(id, keys -> keys.getFirst().equals(next)),
        time.millis());
  }

  private @Nullable String other(Handle handle, String id) {
    return KeyStore.all(handle).stream()
        .filter(row -> !row.nodeId().equals(id))
        .flatMap(row -> nodes.living(handle, row.nodeId()).stream())
        .map(Node::name)
        .findFirst()
        .orElse(null);
  }

  /** Names of ready nodes whose device doesn't have the node's keys as they should be. */
  private List<String> without(String id, Predicate<List<String>> right) {
    return nodes.list().stream()
        .filter(peer -> !peer.id().equals(id) && monitor.liveness(peer) == Liveness.ready)
        .filter(peer -> {
          PeerObservation seen = monitor.sightings(peer).get(id);
          List<String> keys = seen == null ? null : seen.keys();
          return keys == null || keys.isEmpty() || !right.test(keys);
        })
        .map(Node::name)
        .toList();
  }
}
