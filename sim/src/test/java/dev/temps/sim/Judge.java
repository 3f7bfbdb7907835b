package dev.temps.sim;

import dev.temps.control.node.Liveness;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks after every event whether all rules hold; asks only what the event may have changed. */
final class Judge {
  private static final long WELL_FOR = 15_000;

  private final SimWorld world;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Liveness> liveness = new HashMap<>();
  private final Map<String, Long> unwellAt = new HashMap<>();
  private Map<String, Rows.Row> before = Map.of();

  Judge(SimWorld world, Faults faults) {
    this.world = world;
    faults.onRestore(this::amnesty);
    world.time.afterEach(this::look);
  }

  private void look() {
    boolean moved = false;
    for (SimNode node : world.nodes) {
      moved |= node.takeTouched();
    }
    if (moved) {
      onlyOnce();
    }
    SimControl control = world.control();
    noteUnwell(control);
    if (control.life.over()) {
      return;
    }
    livenessIsTrue(control);
    if (control.takeDirty()) {
      rows(control);
    }
  }

  private void onlyOnce() {
    Map<String, String> volumes = new HashMap<>();
    Map<String, String> exclusive = new HashMap<>();
    for (SimNode node : world.nodes) {
      for (SimNode.Running one : node.running()) {
        String here = one.id() + " on " + node.name;
        for (String volume : one.volumes()) {
          String other = volumes.put(volume, here);
          if (other != null) {
            throw new Broken(Rule.PINNED_ONCE, one.app() + " runs as " + other + " and " + here);
          }
        }
        String other = one.app().startsWith("x") ? exclusive.put(one.app(), here) : null;
        if (other != null) {
          throw new Broken(Rule.EXCLUSIVE_ONCE, one.app() + " runs as " + other + " and " + here);
        }
      }
    }
  }

  private void noteUnwell(SimControl control) {
    for (SimNode node : world.nodes) {
      boolean reached =
          world.net.open(node.name, control.machine)
              && world.net.open(control.machine, node.name)
              && world.net.fair();
      if (!node.well() || !reached) {
        unwellAt.put(node.id, world.time.now());
      }
    }
  }

  /** From now on nothing is held against anybody that was so until now. */
  void amnesty() {
    world.nodes.forEach(n -> unwellAt.put(n.id, world.time.now()));
    before = Map.of();
  }

  private void livenessIsTrue(SimControl control) {
    for (SimNode node : world.members()) {
      control
          .directory
          .find(node.id)
          .ifPresent(known -> {
            Liveness now = control.monitor.liveness(known);
            Liveness was = liveness.put(node.id, now);
            long unwell = unwellAt.getOrDefault(node.id, 0L);
            if (now == Liveness.down
                && was != null
                && was != Liveness.down
                && world.time.now() - unwell > WELL_FOR) {
              throw new Broken(Rule.TRUE_LIVENESS, node.name + " is well and became down");
            }
          });
    }
  }

  private void rows(SimControl control) {
    List<Rows.Row> rows = Rows.living(control.database);
    capacity(rows);
    for (Rows.Row row : rows) {
      if (seen.add(row.id())) {
        placedWell(control, row);
      }
    }
    Map<String, Rows.Row> now =
        rows.stream().collect(Collectors.toMap(Rows.Row::id, r -> r, (a, _) -> a, HashMap::new));
    before.values().stream()
        .filter(was -> was.staying() && was.healthy())
        .filter(was -> !now.containsKey(was.id()) || !now.get(was.id()).staying())
        .forEach(was -> gentle(control, was, rows));
    before = now;
  }

  private void capacity(List<Rows.Row> rows) {
    for (SimNode node : world.members()) {
      long cpu = 0;
      long memory = 0;
      for (Rows.Row row : rows) {
        if (row.node().equals(node.id)) {
          cpu += row.cpuMillis();
          memory += row.memoryBytes();
        }
      }
      if (cpu > node.host.cpuMillis() || memory > node.host.memoryBytes()) {
        throw new Broken(Rule.CAPACITY, node.name + " has promised more than it has");
      }
    }
  }

  private static void placedWell(SimControl control, Rows.Row row) {
    Liveness is =
        control.directory.find(row.node()).map(control.monitor::liveness).orElse(Liveness.down);
    if (row.nodeGone() || !row.availability().equals("active") || is != Liveness.ready) {
      throw new Broken(
          Rule.PLACED_WELL,
          row.id()
              + " of "
              + row.app()
              + " was placed on "
              + row.nodeName()
              + ", which is "
              + row.availability()
              + " and "
              + is
              + (row.nodeGone() ? " and removed" : ""));
    }
  }

  /** A healthy copy that no longer stays: was it taken by a drain, and too early? */
  private void gentle(SimControl control, Rows.Row was, List<Rows.Row> rows) {
    boolean drained =
        control
            .directory
            .find(was.node())
            .filter(n -> !n.availability().name().equals("active"))
            .filter(n -> !n.availability().name().equals("cordoned"))
            .filter(n -> control.monitor.liveness(n) != Liveness.down)
            .isPresent();
    List<Rows.Row> app = rows.stream().filter(r -> r.appId().equals(was.appId())).toList();
    boolean quiet =
        !app.isEmpty()
            && app.stream()
                .filter(Rows.Row::staying)
                .allMatch(r -> r.releaseState().equals("serving"))
            && app.stream()
                .filter(r -> r.release().equals(was.release()))
                .anyMatch(r -> r.releaseState().equals("serving") && r.appRuns());
    if (!drained || !quiet || was.oneAtATime()) {
      return;
    }
    List<Rows.Row> left =
        app.stream().filter(r -> r.release().equals(was.release()) && r.staying()).toList();
    List<Rows.Row> successors = left.stream().filter(r -> r.ordinal() == was.ordinal()).toList();
    boolean scaledDown = successors.isEmpty() && left.size() >= app.getFirst().replicas();
    if (!scaledDown && successors.stream().noneMatch(Rows.Row::healthy)) {
      throw new Broken(
          Rule.GENTLE_DRAIN, was.id() + " of " + was.app() + " was taken too early: " + app);
    }
  }
}
