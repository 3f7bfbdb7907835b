package dev.temps.control.ca;

import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.api.CaAuthority;
import dev.temps.contract.tls.Pem;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.node.Node;
import dev.temps.control.node.Nodes;
import dev.temps.control.operation.Kinds;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.OperationStore;
import dev.temps.control.secret.CertificateAuthority;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The rotation of the cluster's CA: asked for by people, carried on by {@link #step}. There is one
 * at a time. Thread-safe.
 */
public final class CaRotations {
  private static final String SUBJECT = "cluster";

  private final Database database;
  private final CertificateAuthority authority;
  private final Nodes nodes;
  private final CaSight sight;
  private final EventStore events;
  private final AuditLog audit;
  private final Ids ids;
  private final Time time;
  private final Runnable changed;

  /** Rotations over these rooms; {@code changed} runs after the CAs are others than before. */
  public CaRotations(
      Database database,
      CertificateAuthority authority,
      Nodes nodes,
      CaSight sight,
      EventStore events,
      AuditLog audit,
      Ids ids,
      Time time,
      Runnable changed) {
    this.database = database;
    this.authority = authority;
    this.nodes = nodes;
    this.sight = sight;
    this.events = events;
    this.audit = audit;
    this.ids = ids;
    this.time = time;
    this.changed = changed;
  }

  /** The rotation that runs. */
  public Optional<Operation> running() {
    return database.read(CaRotations::running);
  }

  private static Optional<Operation> running(Handle handle) {
    return OperationStore.running(handle, Kinds.CA_ROTATE, SUBJECT);
  }

  /** The CAs everybody trusts, the one that signs first. */
  public List<CaAuthority> authorities() {
    String signer = authority.fingerprint();
    String leaving = database.read(this::leaving).orElse("");
    return authority.bundle().stream()
        .map(ca -> {
          String fingerprint = Pem.fingerprint(ca);
          return new CaAuthority(
              fingerprint,
              CertificateAuthority.since(ca).toEpochMilli(),
              ca.getNotAfter().toInstant().toEpochMilli(),
              fingerprint.equals(signer),
              fingerprint.equals(leaving));
        })
        .toList();
  }

  private Optional<String> leaving(Handle handle) {
    Optional<CaRow> row = CaRow.find(handle);
    Optional<Operation> operation = running(handle);
    if (row.isEmpty() || operation.isEmpty()) {
      return Optional.empty();
    }
    String staying = staying(handle, operation.get(), row.get());
    return authority.kept(handle).stream().filter(ca -> !ca.equals(staying)).findFirst();
  }

  /**
   * Begins a rotation; one that runs already is found.
   *
   * @param without names or ids of nodes that it does not wait for: a machine that has not followed
   *     by the time the old CA is dropped is let in only by a new invitation
   * @throws dev.temps.kit.ProblemException 404 when one of them is not there
   */
  public synchronized Operation rotate(List<String> without, Actor actor) {
    Set<String> left =
        without.stream().map(name -> nodes.find(name).id()).collect(Collectors.toSet());
    Operation operation =
        database.write(handle -> {
          Optional<Operation> running = running(handle);
          Operation found = running.isPresent() ? running.get() : begin(handle, actor);
          if (!left.isEmpty()) {
            CaRow.find(handle).orElseThrow().leaving(left).put(handle);
            audit.done(handle, actor, "ca.rotate-without", String.join(", ", without));
          }
          return found;
        });
    takeOver();
    return operation;
  }

  private Operation begin(Handle handle, Actor actor) {
    new CaRow(authority.add(handle), false, Set.of()).put(handle);
    long now = time.millis();
    Operation fresh =
        new Operation(
            ids.next("op"),
            Kinds.CA_ROTATE,
            SUBJECT,
            SUBJECT,
            OperationState.running,
            "telling all nodes of the new CA",
            0,
            CaPlanner.STEPS,
            null,
            null,
            null,
            actor.name(),
            now,
            now,
            null);
    OperationStore.insert(handle, fresh);
    audit.done(handle, actor, "ca.rotate", SUBJECT);
    return fresh;
  }

  /** Carries the rotation on; safe at any time and again. */
  public synchronized void step() {
    Optional<Operation> running = running();
    if (running.isPresent() && database.write(handle -> carryOn(handle, running.get().id()))) {
      takeOver();
    }
  }

  private void takeOver() {
    authority.reload(database);
    changed.run();
  }

  /** Whether the CAs are others now. */
  private boolean carryOn(Handle handle, String id) {
    Operation operation = OperationStore.find(handle, id).orElseThrow();
    if (operation.state().finished()) {
      return false;
    }
    CaRow row = CaRow.find(handle).orElseThrow();
    return switch (CaPlanner.plan(state(handle, operation, row))) {
      case CaStep.Wait wait -> {
        progress(handle, operation, wait.step(), wait.done());
        yield false;
      }
      case CaStep.Turn _ -> {
        authority.turn(handle);
        row.turn().put(handle);
        progress(handle, operation, "issuing all certificates anew", 1);
        yield true;
      }
      case CaStep.Drop _ -> {
        String left = left(row, staying(handle, operation, row));
        authority.drop(handle);
        end(handle, operation, left);
        yield true;
      }
    };
  }

  private void progress(Handle handle, Operation operation, String step, int done) {
    OperationStore.progress(handle, operation, step, done, CaPlanner.STEPS, time.millis());
  }

  private void end(Handle handle, Operation operation, String left) {
    String canceller = operation.cancelAskedBy();
    String reason =
        canceller == null
            ? "the cluster has a new CA, and the old one counts for nothing" + left
            : "cancelled by " + canceller + "; the CA stays the one it was" + left;
    if (canceller == null) {
      progress(handle, operation, "done", CaPlanner.STEPS);
    }
    CaRow.remove(handle);
    long now = time.millis();
    OperationStore.finish(
        handle,
        operation,
        canceller == null ? OperationState.succeeded : OperationState.cancelled,
        reason,
        now);
    String kind = canceller == null ? "ca.rotated" : "ca.rotation-cancelled";
    events.add(handle, now, kind, SUBJECT, null, reason);
  }

  /** Names those that nobody waited for and that have not followed. */
  private String left(CaRow row, String staying) {
    List<String> names =
        nodes.list().stream()
            .filter(node -> row.without().contains(node.id()) && !shows(node, staying))
            .map(Node::name)
            .toList();
    return names.isEmpty()
        ? ""
        : "; left behind: "
            + String.join(", ", names)
            + " (temps node remove --force, then invite again with temps node token create)";
  }

  private CaState state(Handle handle, Operation operation, CaRow row) {
    String staying = staying(handle, operation, row);
    return new CaState(
        operation.cancelAskedBy(),
        row.turned(),
        authority.kept(handle).getFirst().equals(staying),
        nodes.list().stream()
            .filter(node -> !row.without().contains(node.id()))
            .map(node -> seen(node, staying))
            .toList());
  }

  /** The new CA is to stay, after a cancel the other one. */
  private String staying(Handle handle, Operation operation, CaRow row) {
    boolean wanted = operation.cancelAskedBy() == null;
    return authority.kept(handle).stream()
        .filter(ca -> ca.equals(row.newest()) == wanted)
        .findFirst()
        .orElseThrow();
  }

  private CaNode seen(Node node, String staying) {
    CaTrust trust = sight.trust(node);
    return new CaNode(
        node.name(),
        sight.ready(node),
        trust != null,
        trust != null && trust.trusted().contains(staying),
        shows(node, staying));
  }

  /** The order of its bundle proves that it says so since that CA signs, not from before. */
  private boolean shows(Node node, String staying) {
    CaTrust trust = sight.trust(node);
    return trust != null
        && trust.signedBy().equals(staying)
        && trust.trusted().indexOf(staying) == 0;
  }
}
