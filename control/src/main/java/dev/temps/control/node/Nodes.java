package dev.temps.control.node;

import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What operators do with nodes. Every change is audited and read back into the directory. */
public final class Nodes {
  private final Database database;
  private final NodeDirectory directory;
  private final AuditLog audit;
  private final Time time;

  /** Operations on the nodes of {@code directory}. */
  public Nodes(Database database, NodeDirectory directory, AuditLog audit, Time time) {
    this.database = database;
    this.directory = directory;
    this.audit = audit;
    this.time = time;
  }

  /** All living nodes by name. */
  public List<Node> list() {
    return directory.all().stream().sorted(Comparator.comparing(Node::name)).toList();
  }

  /**
   * The living node with that name or id.
   *
   * @throws dev.temps.kit.ProblemException 404 when there is none
   */
  public Node find(String nameOrId) {
    return directory.all().stream()
        .filter(n -> n.id().equals(nameOrId) || n.name().equals(nameOrId))
        .findFirst()
        .orElseThrow(() ->
            Problem.of(
                    "no-such-node",
                    404,
                    "There is no such node.",
                    "node " + Text.quoted(nameOrId),
                    "List them with: temps node list")
                .raise());
  }

  /**
   * Changes wish, labels and taints; null members stay. A label or taint with an empty value is
   * removed.
   *
   * @param availability {@code active} or {@code cordoned}
   * @throws dev.temps.kit.ProblemException 404, or 422 for another word, a bad label or taint
   */
  public Node patch(
      Actor actor,
      String nameOrId,
      @Nullable String availability,
      @Nullable Map<String, String> labels,
      @Nullable Map<String, String> taints) {
    Node node = find(nameOrId);
    if (availability != null) {
      Availability wish = parse(availability);
      String action = wish == Availability.active ? "node.uncordon" : "node.cordon";
      change(actor, action, node, n -> n.withAvailability(wish));
    }
    if (labels != null && !labels.isEmpty()) {
      change(actor, "node.label", node, n -> n.withLabels(Labels.changed(n.labels(), labels)));
    }
    if (taints != null && !taints.isEmpty()) {
      change(actor, "node.taint", node, n -> n.withTaints(Taints.changed(n.taints(), taints)));
    }
    return find(node.id());
  }

  private static Availability parse(String text) {
    return switch (text) {
      case "active" -> Availability.active;
      case "cordoned" -> Availability.cordoned;
      default ->
          throw Problem.invalid(
                  "availability",
                  Text.quoted(text) + " is no availability that can be set.",
                  "Use active or cordoned.")
              .raise();
    };
  }

  /**
   * Takes a node out of the cluster for good: its certificate and its key count for nothing from
   * now on. Its row stays. {@link #refresh} is to follow the transaction.
   *
   * @throws dev.temps.kit.ProblemException 409 while containers are placed there
   */
  public void remove(Handle handle, Actor actor, Node node) {
    int placed = placed(handle, node.id());
    if (placed > 0) {
      throw Problem.conflict(
              "node-in-use",
              "The node still has containers.",
              placed + " on node " + node.name(),
              "Empty it with: temps node drain " + node.name())
          .raise();
    }
    NodeStore.byId(handle, node.id())
        .ifPresent(fresh -> NodeStore.update(handle, fresh.removed(time.millis())));
    audit.done(handle, actor, "node.remove", node.name());
  }

  /** A node that was not removed, as the transaction sees it. */
  public Optional<Node> living(Handle handle, String id) {
    return NodeStore.byId(handle, id).filter(node -> node.removedAt() == null);
  }

  /**
   * Sets the operator's wish for a node inside a transaction, without a line in the audit log;
   * {@link #refresh} is to follow.
   *
   * @return whether it was another one
   */
  public boolean want(Handle handle, String id, Availability wish) {
    Optional<Node> node = living(handle, id).filter(n -> n.availability() != wish);
    node.ifPresent(n -> NodeStore.update(handle, n.withAvailability(wish)));
    return node.isPresent();
  }

  /** Whether a living node other than this one has that WireGuard key. */
  public boolean otherHasKey(Handle handle, String id, String key) {
    return NodeStore.byWireguardKey(handle, key).filter(n -> !n.id().equals(id)).isPresent();
  }

  /** Gives a node another WireGuard key inside a transaction; {@link #refresh} is to follow. */
  public void rekey(Handle handle, String id, String key) {
    living(handle, id)
        .ifPresent(node -> {
          Node.Facts was = node.facts();
          Node.Facts facts =
              new Node.Facts(
                  key,
                  was.wireguardPort(),
                  was.endpoints(),
                  was.ingress(),
                  was.host(),
                  was.version(),
                  was.contract(),
                  was.bootId());
          NodeStore.update(handle, node.observed(facts));
        });
  }

  /** Reads a node back after a transaction changed it. */
  public void refresh(String id) {
    directory.refresh(id);
  }

  private static int placed(Handle handle, String nodeId) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM deployment_containers
            WHERE node_id = :node AND removed_at IS NULL
            """)
        .bind("node", nodeId)
        .mapTo(Integer.class)
        .one();
  }

  private void change(Actor actor, String action, Node node, UnaryOperator<Node> how) {
    database.change(handle ->
        NodeStore.byId(handle, node.id())
            .filter(fresh -> fresh.removedAt() == null)
            .ifPresent(fresh -> {
              Node next = how.apply(fresh);
              if (!next.equals(fresh)) {
                NodeStore.update(handle, next);
                audit.done(handle, actor, action, node.name());
              }
            }));
    directory.refresh(node.id());
  }
}
