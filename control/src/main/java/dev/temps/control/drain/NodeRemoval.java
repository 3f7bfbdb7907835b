package dev.temps.control.drain;

import dev.temps.contract.agent.Lease;
import dev.temps.control.audit.Actor;
import dev.temps.control.deployment.Evictions;
import dev.temps.control.event.EventStore;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Nodes;
import dev.temps.control.store.Database;
import dev.temps.control.volume.Volume;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Takes nodes out of the cluster for good: empty ones, or dead ones with all that was placed there.
 * Their certificate and key count for nothing from then on, and every peer drops the key.
 * Thread-safe.
 */
public final class NodeRemoval {
  private final Database database;
  private final Nodes nodes;
  private final NodeMonitor monitor;
  private final Evictions evictions;
  private final EventStore events;
  private final Ids ids;
  private final Time time;
  private final Runnable changed;

  /** Removals over these rooms; {@code changed} runs after one. */
  public NodeRemoval(
      Database database,
      Nodes nodes,
      NodeMonitor monitor,
      Evictions evictions,
      EventStore events,
      Ids ids,
      Time time,
      Runnable changed) {
    this.database = database;
    this.nodes = nodes;
    this.monitor = monitor;
    this.evictions = evictions;
    this.events = events;
    this.ids = ids;
    this.time = time;
    this.changed = changed;
  }

  /**
   * What is placed on a node, and would be taken from it by force.
   *
   * @throws dev.temps.kit.ProblemException 404
   */
  public List<Evictions.Resident> plan(String nameOrId) {
    Node node = nodes.find(nameOrId);
    return database.read(h -> Evictions.on(h, node.id()));
  }

  /**
   * Names of the volumes that would be lost with a node.
   *
   * @throws dev.temps.kit.ProblemException 404
   */
  public List<String> volumes(String nameOrId) {
    Node node = nodes.find(nameOrId);
    return database.read(h -> Evictions.volumesOn(h, node.id()));
  }

  /**
   * Removes a node.
   *
   * @param force also with replicas on it, if it is not heard of: they start elsewhere where they
   *     can
   * @throws dev.temps.kit.ProblemException 404; 409 when replicas are there, when it answers and
   *     should be drained, or when the control plane runs on it
   */
  public void remove(String nameOrId, boolean force, Actor actor) {
    Node node = nodes.find(nameOrId);
    if (node.controlPlane()) {
      throw Problem.conflict(
              "node-is-control-plane",
              "The control plane runs on this node.",
              node.name() + " can't be removed while it does.",
              "Restore the control plane on another machine first.")
          .raise();
    }
    if (force && monitor.liveness(node) == Liveness.ready) {
      throw Problem.conflict(
              "node-answers",
              "The node is alive; force is for dead ones.",
              node.name() + " is ready.",
              "Empty it first: temps node drain " + node.name())
          .raise();
    }
    database.change(handle -> {
      refuse(handle, node, force);
      if (force) {
        long now = time.millis();
        for (Evictions.Resident lost : evictions.evict(handle, node.id())) {
          events.add(
              handle,
              now,
              "replica.lost",
              lost.app(),
              node.id(),
              lost.name() + ": its node " + node.name() + " was removed by force");
        }
      }
      if (force) {
        lose(handle, node);
      }
      nodes.remove(handle, actor, node);
      Farewells.begin(handle, ids, node, actor.name(), time.millis());
    });
    nodes.refresh(node.id());
    changed.run();
  }

  private void lose(Handle handle, Node node) {
    for (Volume lost : Evictions.lose(handle, node.id())) {
      events.add(
          handle,
          time.millis(),
          "volume.lost",
          lost.app(),
          node.id(),
          lost.fullName() + ": its node " + node.name() + " was removed by force");
    }
  }

  private void refuse(Handle handle, Node node, boolean force) {
    List<String> volumes = Evictions.volumesOn(handle, node.id());
    if (!force && !volumes.isEmpty()) {
      throw Problem.conflict(
              "node-has-volumes",
              "The node has data of apps.",
              node.name() + " has the volumes " + String.join(", ", volumes) + ".",
              "Give them up with: temps volume remove NAME; of a dead machine with --force")
          .raise();
    }
    List<String> leased = Evictions.leasedOn(handle, node.id());
    Duration left = Lease.OVER_AFTER.minus(monitor.unheard(node));
    if (force && !leased.isEmpty() && left.isPositive()) {
      throw Problem.conflict(
              "lease-runs",
              "An exclusive app may still run there.",
              String.join(", ", leased)
                  + " has a lease on "
                  + node.name()
                  + " for up to "
                  + (left.toSeconds() + 1)
                  + " s more.",
              "Try again after that.")
          .raise();
    }
  }
}
