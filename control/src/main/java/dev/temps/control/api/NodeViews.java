package dev.temps.control.api;

import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.Usage;
import dev.temps.contract.api.ConditionView;
import dev.temps.contract.api.NodeView;
import dev.temps.control.deployment.Replica;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.NodeStatus;
import dev.temps.control.scheduler.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows nodes: the operator's wish and what is observed, apart. Thread-safe. */
final class NodeViews {
  private final NodeMonitor monitor;

  NodeViews(NodeMonitor monitor) {
    this.monitor = monitor;
  }

  /** A node; {@code placed} are replicas, of which those on other nodes are left out. */
  NodeView node(Node node, List<Replica> placed) {
    NodeStatus status = monitor.status(node);
    List<Replica> here = placed.stream().filter(r -> r.nodeId().equals(node.id())).toList();
    long cpuReserved = here.stream().mapToLong(Replica::cpuMillis).sum();
    long memoryReserved = here.stream().mapToLong(Replica::memoryBytes).sum();
    List<ConditionView> conditions = new ArrayList<>();
    status
        .conditions()
        .forEach(c -> conditions.add(new ConditionView(c.name(), c.ok(), c.detail())));
    promises(node.name(), node.host(), cpuReserved, memoryReserved).ifPresent(conditions::add);
    Usage usage = status.usage() == null ? new Usage(0, 0, 0, 0, 0) : status.usage();
    return new NodeView(
        node.id(),
        node.name(),
        node.availability().name(),
        status.liveness().name(),
        status.livenessReason(),
        List.copyOf(conditions),
        node.labels(),
        node.ingress(),
        node.meshAddress(),
        node.subnet(),
        node.endpoints(),
        node.host().cpuMillis(),
        node.host().memoryBytes(),
        node.host().diskBytes(),
        cpuReserved,
        memoryReserved,
        usage.cpuMillis(),
        usage.memoryBytes(),
        usage.diskBytes(),
        here.size(),
        node.host().arch(),
        node.host().os(),
        node.host().kernel(),
        node.host().dockerVersion(),
        node.host().wireguard(),
        node.agentVersion(),
        node.joinedAt(),
        lastReportAt(status, node.lastReportAt()),
        node.controlPlane(),
        node.taints());
  }

  /** What is promised beyond what a machine has, as it does after it became smaller. */
  static Optional<ConditionView> promises(
      String name, HostFacts host, long cpuReserved, long memoryReserved) {
    List<String> over = new ArrayList<>();
    if (cpuReserved > host.cpuMillis()) {
      over.add(Amounts.cpu(cpuReserved) + " of " + Amounts.cpu(host.cpuMillis()));
    }
    if (memoryReserved > host.memoryBytes()) {
      String has = Amounts.memory(host.memoryBytes());
      over.add(Amounts.memory(memoryReserved) + " memory of " + has);
    }
    return over.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ConditionView(
                "reservations",
                false,
                "More is promised than it has: "
                    + String.join(" and ", over)
                    + ". What runs goes on; what reserves any of it is not placed here. Move"
                    + " something elsewhere: temps node drain "
                    + name));
  }

  private static long lastReportAt(NodeStatus status, @Nullable Long stored) {
    return status.lastReportAtMillis() > 0 || stored == null ? status.lastReportAtMillis() : stored;
  }

  /** Nodes that run another release than the control plane, in one sentence; empty when none do. */
  static List<String> otherVersions(List<NodeView> nodes, String version) {
    List<String> others =
        nodes.stream()
            .filter(n -> !n.agentVersion().equals(version))
            .map(n -> n.name() + " " + n.agentVersion())
            .toList();
    return others.isEmpty()
        ? List.of()
        : List.of(
            "the control plane runs temps "
                + version
                + ", but not every node: "
                + String.join(", ", others)
                + "; see temps upgrade --help");
  }

  /** What a person should look at, one sentence each. */
  static List<String> problems(NodeView node) {
    List<String> problems = new ArrayList<>();
    if (!node.liveness().equals(Liveness.ready.name())) {
      String why = node.livenessReason() == null ? "" : ": " + node.livenessReason();
      problems.add("node " + node.name() + " is " + node.liveness() + why);
    }
    if (!node.availability().equals(Availability.active.name())) {
      problems.add("node " + node.name() + " is " + node.availability());
    }
    node.conditions().stream()
        .filter(c -> !c.ok())
        .forEach(c -> problems.add("node " + node.name() + ", " + c.name() + ": " + c.detail()));
    return problems;
  }
}
