package dev.temps.cli.command;

import dev.temps.cli.output.Human;
import dev.temps.cli.output.Printable;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How nodes are shown. Pure. */
final class NodePage {
  private NodePage() {}

  static Table table(List<NodeView> nodes, long nowMillis) {
    Table table =
        new Table(
            "NAME",
            "LIVENESS",
            "AVAILABILITY",
            "ADDRESS",
            "VERSION",
            "CPU",
            "MEMORY",
            "RUNS",
            "REPORT",
            "LABELS");
    for (NodeView n : nodes) {
      table.row(
          n.name() + (n.controlPlane() ? "*" : ""),
          n.liveness(),
          n.availability(),
          String.valueOf(n.meshAddress()),
          n.agentVersion(),
          Human.cores(n.cpuReservedMillis()) + "/" + Human.cores(n.cpuMillis()),
          Human.bytes(n.memoryReservedBytes()) + "/" + Human.bytes(n.memoryBytes()),
          n.containers(),
          Human.age(n.lastReportAtMillis(), nowMillis),
          labels(n.labels()));
    }
    return table;
  }

  /** What a person should look at. */
  static List<String> problems(List<NodeView> nodes) {
    List<String> problems = new ArrayList<>();
    for (NodeView n : nodes) {
      if (n.livenessReason() != null) {
        problems.add(Printable.line(n.name() + " is " + n.liveness() + ": " + n.livenessReason()));
      }
      n.conditions().stream()
          .filter(c -> !c.ok())
          .forEach(
              c -> problems.add(Printable.line(n.name() + ": " + c.name() + ": " + c.detail())));
    }
    return problems;
  }

  static List<String> lines(NodeView n, long nowMillis) {
    List<String> lines = new ArrayList<>();
    add(lines, "name", n.name() + (n.controlPlane() ? " (control plane)" : ""));
    add(lines, "id", n.id());
    add(lines, "liveness", n.liveness() + reason(n));
    add(lines, "availability", n.availability());
    add(lines, "labels", labels(n.labels()));
    if (n.taints() != null && !n.taints().isEmpty()) {
      add(lines, "taints", labels(n.taints()));
    }
    add(lines, "mesh", n.meshAddress() + ", containers in " + n.subnet());
    add(lines, "endpoints", String.join(" ", n.endpoints()));
    add(lines, "ingress", n.ingress() ? "yes" : "no");
    add(lines, "cpu", usage(Human::cores, n.cpuUsedMillis(), n.cpuReservedMillis(), n.cpuMillis()));
    add(
        lines,
        "memory",
        usage(Human::bytes, n.memoryUsedBytes(), n.memoryReservedBytes(), n.memoryBytes()));
    add(lines, "disk", Human.bytes(n.diskUsedBytes()) + " used of " + Human.bytes(n.diskBytes()));
    add(lines, "containers", Integer.toString(n.containers()));
    add(lines, "system", n.os() + ", kernel " + n.kernel() + ", " + n.arch());
    add(lines, "docker", n.dockerVersion());
    add(lines, "wireguard", n.wireguard());
    add(lines, "agent", "temps " + n.agentVersion());
    add(lines, "joined", Human.age(n.joinedAtMillis(), nowMillis) + " ago");
    add(lines, "last report", Human.age(n.lastReportAtMillis(), nowMillis) + " ago");
    n.conditions()
        .forEach(c -> add(lines, c.name(), (c.ok() ? "ok" : "NOT OK") + detail(c.detail())));
    return lines;
  }

  private static String reason(NodeView n) {
    return n.livenessReason() == null ? "" : ": " + n.livenessReason();
  }

  private static String detail(String detail) {
    return detail.isEmpty() ? "" : ": " + detail;
  }

  private static String usage(
      java.util.function.LongFunction<String> unit, long used, long reserved, long all) {
    return "%s used, %s reserved of %s"
        .formatted(unit.apply(used), unit.apply(reserved), unit.apply(all));
  }

  static String labels(Map<String, String> labels) {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(labels).forEach((key, value) -> parts.add(key + "=" + value));
    return String.join(",", parts);
  }

  private static void add(List<String> lines, String what, String value) {
    lines.add("%-13s %s".formatted(Printable.line(what), Printable.line(value)));
  }
}
