package dev.temps.control.deployment;

import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Usage;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStatus;
import dev.temps.control.node.Taints;
import dev.temps.control.scheduler.NodeState;
import dev.temps.control.scheduler.Taint;
import dev.temps.control.workload.AgentAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A living node, and what is observed of it.
 *
 * @param usage what it uses, null before its first report
 * @param cutOff whether it reaches none of the other ready nodes. One that misses a single other
 *     node is still a good place: that other may be dead, or be the one that is cut off.
 * @param unheard since its last accepted report, on the monotonic clock; at least since this
 *     control plane started
 */
public record Member(
    Node node,
    Liveness liveness,
    List<Condition> conditions,
    @Nullable Usage usage,
    boolean cutOff,
    Duration unheard) {
  private static final String DOCKER = "docker";

  public Member {
    conditions = List.copyOf(conditions);
  }

  /** Whether its agent was heard of lately. */
  public boolean heard() {
    return switch (liveness) {
      case ready, pending -> true;
      case suspect, down -> false;
    };
  }

  /** Whether an operator wants nothing to run here any more. */
  public boolean emptying() {
    return switch (node.availability()) {
      case draining, drained -> true;
      case active, cordoned -> false;
    };
  }

  /** Whether nothing stands against running something new here. */
  public boolean open() {
    return closed() == null;
  }

  private @Nullable String closed() {
    if (liveness != Liveness.ready) {
      return liveness.name();
    }
    if (node.availability() != Availability.active) {
      return node.availability().name();
    }
    if (cutOff) {
      return "reaches no other node over the mesh";
    }
    if (conditions.stream().anyMatch(c -> !c.ok() && c.name().equals(NodeStatus.STEADY))) {
      return "comes and goes";
    }
    return conditions.stream()
        .filter(c -> !c.ok() && c.name().equals(DOCKER))
        .findFirst()
        .map(c -> c.name() + " trouble: " + c.detail())
        .orElse(null);
  }

  /** As placement sees it. */
  NodeState forPlacement() {
    return new NodeState(
            node.id(),
            node.name(),
            closed(),
            node.host().arch(),
            node.labels(),
            node.host().cpuMillis(),
            node.host().memoryBytes())
        .tainted(taints())
        .fullDisk(DiskSight.full(node.host().diskBytes(), usage, conditions));
  }

  private List<Taint> taints() {
    return node.taints().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(t -> new Taint(t.getKey(), Taints.value(t.getValue()), Taints.hard(t.getValue())))
        .toList();
  }

  /** Where its agent is asked. */
  public AgentAddress agent() {
    return new AgentAddress(node.id(), node.name(), node.meshAddress());
  }
}
