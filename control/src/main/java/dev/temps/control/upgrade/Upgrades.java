package dev.temps.control.upgrade;

import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.UpgradeOrder;
import dev.temps.contract.agent.UpgradeState;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.Nodes;
import dev.temps.control.operation.Operation;
import dev.temps.control.operation.OperationState;
import dev.temps.control.operation.OperationStore;
import dev.temps.control.release.ReleaseShelf;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Upgrades: asked for by people, carried on by {@link #step}. Thread-safe. */
public final class Upgrades {
  /** Kind of these operations. */
  public static final String KIND = "upgrade";

  /** How often {@link #step} should run. */
  public static final Duration STEP_EVERY = Duration.ofSeconds(1);

  private static final String SUBJECT = "cluster";

  private final Database database;
  private final Nodes nodes;
  private final Function<Node, Liveness> liveness;
  private final EventStore events;
  private final AuditLog audit;
  private final ReleaseShelf shelf;
  private final Orders orders;
  private final String version;
  private final Ids ids;
  private final Time time;

  /** Upgrades over these rooms, of a control plane of that version. */
  public Upgrades(
      Database database,
      Nodes nodes,
      Function<Node, Liveness> liveness,
      EventStore events,
      AuditLog audit,
      ReleaseShelf shelf,
      Orders orders,
      String version,
      Ids ids,
      Time time) {
    this.database = database;
    this.nodes = nodes;
    this.liveness = liveness;
    this.events = events;
    this.audit = audit;
    this.shelf = shelf;
    this.orders = orders;
    this.version = version;
    this.ids = ids;
    this.time = time;
  }

  /**
   * Takes a release's archive.
   *
   * @throws ProblemException 409 while an upgrade runs, 413, 422 or 507 when it can't be used
   */
  public ReleaseShelf.Kept upload(String sha256, InputStream content, Actor actor)
      throws IOException {
    Optional<Operation> running = database.read(h -> OperationStore.running(h, KIND, SUBJECT));
    if (running.isPresent()) {
      throw busy(running.get()).raise();
    }
    ReleaseShelf.Kept kept = shelf.keep(sha256, content);
    database.change(handle ->
        audit.done(handle, actor, "release.upload", kept.facts().version() + " " + sha256));
    return kept;
  }

  private static Problem busy(Operation running) {
    return Problem.conflict(
        "upgrade-running",
        "An upgrade runs already.",
        "%s of %s, begun by %s."
            .formatted(running.id(), running.subjectName(), running.createdBy()),
        "Wait for it, or: temps operation cancel " + running.id());
  }

  /**
   * Begins an upgrade. The control plane's machine is always first, also before a single node.
   *
   * @param only name or id of a node, null for all
   * @param storeSaved whether the caller has a copy of a PostgreSQL store
   * @throws ProblemException 404 for what is not there, 409 when it may not be
   */
  public Operation begin(String sha256, @Nullable String only, boolean storeSaved, Actor actor)
      throws IOException {
    ReleaseShelf.Kept release =
        shelf
            .find(sha256)
            .orElseThrow(() ->
                Problem.missing("release", sha256, "Upload it first: temps upgrade --file FILE")
                    .raise());
    List<Node> all = new ArrayList<>(nodes.list());
    all.sort(Comparator.comparing((Node n) -> !n.controlPlane()).thenComparing(Node::name));
    Node one = only == null ? null : nodes.find(only);
    List<Node> chosen =
        all.stream()
            .filter(n -> one == null || n.controlPlane() || n.id().equals(one.id()))
            .toList();
    UpgradeRules.check(release.facts(), version, Contract.VERSION, chosen);
    wayBack(release, storeSaved);
    return database.write(handle -> {
      Optional<Operation> running = OperationStore.running(handle, KIND, SUBJECT);
      if (running.isPresent()) {
        throw busy(running.get()).raise();
      }
      return insert(handle, release, one, chosen, actor);
    });
  }

  /** Without a file of ours there is no copy to go back to. */
  private void wayBack(ReleaseShelf.Kept release, boolean storeSaved) {
    boolean elsewhere = !database.kind().equals("sqlite");
    if (elsewhere && !storeSaved && release.facts().schema() != Database.schema()) {
      throw Problem.conflict(
              "store-not-saved",
              "That release changes the store, and a PostgreSQL store can't be put back by itself.",
              "Schema %d becomes %d; the present release could not use it."
                  .formatted(Database.schema(), release.facts().schema()),
              "Make a copy with pg_dump, then add --store-saved.")
          .raise();
    }
  }

  private Operation insert(
      Handle handle,
      ReleaseShelf.Kept release,
      @Nullable Node one,
      List<Node> chosen,
      Actor actor) {
    long now = time.millis();
    Operation fresh =
        new Operation(
            ids.next("op"),
            KIND,
            SUBJECT,
            one == null ? "all nodes" : one.name(),
            OperationState.running,
            "to temps " + release.facts().version(),
            0,
            chosen.size(),
            null,
            null,
            null,
            actor.name(),
            now,
            now,
            null);
    OperationStore.insert(handle, fresh);
    Target target =
        new Target(
            fresh.id(),
            release.sha256(),
            release.bytes(),
            release.facts().version(),
            release.facts().contract(),
            release.facts().schema());
    List<Turn> turns = new ArrayList<>();
    for (Node node : chosen) {
      turns.add(
          new Turn(fresh.id(), node.id(), node.name(), turns.size(), TurnState.waiting, "", now));
    }
    UpgradeStore.insert(handle, target, turns);
    String words = "to temps " + target.version() + ", asked for by " + actor.name();
    events.add(handle, now, "cluster.upgrade", "cluster", null, words);
    audit.done(handle, actor, "upgrade", fresh.subjectName() + " to " + target.version());
    return fresh;
  }

  /** Carries the upgrade on; safe at any time and again. */
  public void step() {
    for (Operation operation : database.read(h -> OperationStore.running(h, KIND))) {
      Target target = database.read(h -> UpgradeStore.target(h, operation.id()));
      List<Turn> turns = database.read(h -> UpgradeStore.turns(h, operation.id()));
      UpgradeState told = UpgradePlanner.current(turns).map(turn -> ask(turn, target)).orElse(null);
      Map<String, UpgradeSight.Seen> seen = new HashMap<>();
      for (Node node : nodes.list()) {
        seen.put(node.id(), new UpgradeSight.Seen(liveness.apply(node), node.agentVersion()));
      }
      UpgradeSight sight =
          new UpgradeSight(operation, target.version(), turns, seen, told, time.millis());
      UpgradeStep step = UpgradePlanner.plan(sight);
      database.change(handle -> carryOut(handle, operation, turns, target, step));
    }
  }

  /** Null when it can't be reached: a restarting agent is the rule here, not trouble. */
  private @Nullable UpgradeState ask(Turn turn, Target target) {
    Optional<Node> node =
        nodes.list().stream().filter(n -> n.id().equals(turn.nodeId())).findFirst();
    if (node.isEmpty()) {
      return null;
    }
    UpgradeOrder order =
        new UpgradeOrder(target.operationId(), target.sha256(), target.bytes(), target.version());
    try {
      return orders.give(node.get(), order);
    } catch (ProblemException e) {
      return e.problem().status() < 500
          ? new UpgradeState(order.attempt(), UpgradeState.Phase.back, e.problem().line())
          : null;
    }
  }

  private void carryOut(
      Handle handle, Operation operation, List<Turn> turns, Target target, UpgradeStep step) {
    long now = time.millis();
    int done = (int) turns.stream().filter(t -> t.state() == TurnState.done).count();
    switch (step) {
      case UpgradeStep.Wait on ->
          OperationStore.progress(handle, operation, on.step(), done, turns.size(), now);
      case UpgradeStep.Mark mark -> {
        UpgradeStore.mark(handle, mark.turn(), mark.state(), mark.detail(), now);
        String word = mark.turn().nodeName() + ": " + mark.state();
        boolean more = mark.state() == TurnState.done;
        OperationStore.progress(handle, operation, word, more ? done + 1 : done, turns.size(), now);
        tell(handle, mark, target, now);
      }
      case UpgradeStep.End end -> {
        OperationStore.finish(handle, operation, end.state(), end.reason(), now);
        events.add(handle, now, "cluster.upgrade-" + end.state(), "cluster", null, end.reason());
      }
    }
  }

  private void tell(Handle handle, UpgradeStep.Mark mark, Target target, long now) {
    String kind =
        switch (mark.state()) {
          case done -> "node.upgraded";
          case back -> "node.upgrade-went-back";
          case skipped -> "node.upgrade-skipped";
          case ordered, waiting -> "node.upgrading";
        };
    String detail = mark.detail().isEmpty() ? "" : ": " + mark.detail();
    events.add(
        handle,
        now,
        kind,
        mark.turn().nodeName(),
        mark.turn().nodeId(),
        "temps " + target.version() + detail);
  }
}
