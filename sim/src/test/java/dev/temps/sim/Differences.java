package dev.temps.sim;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What keeps wish and reality apart, in words; nothing when they are the same. */
final class Differences {
  private static final String NO_PLACE = "no place for ";

  private final List<String> found = new ArrayList<>();

  private Differences() {}

  static List<String> of(SimWorld world) {
    Differences all = new Differences();
    SimControl control = world.control();
    if (!control.serves()) {
      return List.of("the control plane is not there");
    }
    for (SimNode node : world.members()) {
      all.node(control, node);
    }
    all.apps(control);
    return all.found;
  }

  private void node(SimControl control, SimNode node) {
    Node known = control.directory.find(node.id).orElse(null);
    SimAgent agent = node.agent();
    if (known == null || agent == null) {
      found.add(node.name + (known == null ? " is not known" : " has no agent"));
      return;
    }
    Liveness is = control.monitor.liveness(known);
    if (is != Liveness.ready) {
      found.add(node.name + " is " + is);
      return;
    }
    List<WorkloadSpec> told = control.database.read(h -> control.workloads.on(h, node.id));
    Set<String> wanted =
        told.stream()
            .filter(s -> s.desired() == Desired.running)
            .map(WorkloadSpec::id)
            .collect(Collectors.toCollection(TreeSet::new));
    agent.journal.unclaimed().stream()
        .filter(s -> !s.leased() && s.desired() == Desired.running)
        .forEach(s -> wanted.add(s.id()));
    Set<String> running =
        node.running().stream()
            .map(SimNode.Running::id)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!running.equals(wanted)) {
      found.add(node.name + " runs " + running + ", wanted are " + wanted);
    }
    long routes = control.monitor.status(known).applied().routes();
    if (routes != agent.applied().routes()) {
      found.add(node.name + " has other routes than it has told");
    }
  }

  private void apps(SimControl control) {
    Map<String, List<Rows.Row>> apps = new TreeMap<>();
    for (Rows.Row row : Rows.living(control.database)) {
      apps.computeIfAbsent(row.app(), _ -> new ArrayList<>()).add(row);
    }
    apps.forEach(this::app);
  }

  private void app(String app, List<Rows.Row> rows) {
    Rows.Row any = rows.getFirst();
    boolean explained =
        rows.stream()
            .anyMatch(r -> r.releaseReason() != null && r.releaseReason().contains(NO_PLACE));
    List<Rows.Row> staying = rows.stream().filter(Rows.Row::staying).toList();
    if (staying.size() != rows.size()) {
      found.add(app + " still has containers that were retired: " + rows);
    } else if (any.appRuns() && staying.size() != any.replicas() && !explained) {
      found.add(app + " has " + staying.size() + " of " + any.replicas() + " replicas: " + rows);
    } else if (any.appRuns() && !staying.stream().allMatch(Rows.Row::healthy) && !explained) {
      found.add(app + " is not healthy: " + rows);
    }
    boolean starting = rows.stream().anyMatch(r -> r.releaseState().equals("starting"));
    if (starting && any.appRuns() && !explained) {
      found.add(app + " has a release that does not get on: " + rows);
    }
  }
}
