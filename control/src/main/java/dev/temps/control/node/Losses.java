package dev.temps.control.node;

import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import java.util.List;

/** What a person who can see the machines says of silent ones. Thread-safe. */
public final class Losses {
  private final Nodes nodes;
  private final NodeMonitor monitor;
  private final Database database;
  private final AuditLog audit;

  /** Declarations about the nodes {@code monitor} watches. */
  public Losses(Nodes nodes, NodeMonitor monitor, Database database, AuditLog audit) {
    this.nodes = nodes;
    this.monitor = monitor;
    this.database = database;
    this.audit = audit;
  }

  /**
   * The nodes of these names or ids, each once, that may be declared lost.
   *
   * @throws dev.temps.kit.ProblemException 422 for none, 404 for one that isn't there, 409 for one
   *     that reports or is the control plane's own machine
   */
  public List<Node> declarable(List<String> namesOrIds) {
    if (namesOrIds.isEmpty()) {
      throw Problem.invalid("nodes", "No node is named.", "Name the nodes that are lost.").raise();
    }
    List<Node> named = namesOrIds.stream().map(nodes::find).distinct().toList();
    for (Node node : named) {
      if (node.controlPlane()) {
        throw Problem.conflict(
                "node-alive",
                "That machine is not lost.",
                "The control plane itself runs on node " + node.name() + ".",
                "See to its agent; temps node show " + node.name() + " says what is wrong.")
            .raise();
      }
      if (!monitor.silent(node)) {
        throw Problem.conflict(
                "node-alive",
                "That machine is not lost.",
                "Node " + node.name() + " reports.",
                "To empty a living machine, cordon it and move what runs there.")
            .raise();
      }
    }
    return named;
  }

  /** Makes them {@code down} at once, also while the brake holds; audited. */
  public void declare(Actor actor, List<Node> lost) {
    database.change(
        handle -> lost.forEach(n -> audit.done(handle, actor, "node.declare-lost", n.name())));
    lost.forEach(node -> monitor.declareLost(node, actor.name()));
  }
}
