package dev.temps.sim;

import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.control.deployment.Fleet;
import dev.temps.control.deployment.Member;
import dev.temps.control.dispatch.WorkloadSource;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Liveness;
import dev.temps.control.store.Database;
import dev.temps.control.volume.VolumeStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Planted mistakes, as wrappers around what the product is given; the product has none of them. */
final class Bugs {
  private static final int TENFOLD = 10;

  private Bugs() {}

  /** What the control plane is told of its nodes. */
  static Fleet fleet(Bug bug, Fleet real) {
    if (bug != Bug.BLIND_PLACER) {
      return real;
    }
    return handle ->
        real.members(handle).stream()
            .map(m ->
                new Member(
                    m.node().withAvailability(Availability.active),
                    Liveness.ready,
                    List.of(),
                    null,
                    false,
                    m.unheard()))
            .toList();
  }

  /** What nodes are told to run. */
  static WorkloadSource workloads(Bug bug, SimControl control) {
    return new WorkloadSource() {
      @Override
      public List<WorkloadSpec> forNode(String nodeId) {
        List<WorkloadSpec> own = control.database.read(h -> control.workloads.on(h, nodeId));
        return bug == Bug.PINNED_TWICE ? withOthersData(own) : own;
      }

      @Override
      public @Nullable String mark(String nodeId) {
        return bug == Bug.PINNED_TWICE
            ? null // what it tells is made from other nodes' rows, too
            : control.database.read(h -> control.workloads.mark(h, nodeId));
      }

      private List<WorkloadSpec> withOthersData(List<WorkloadSpec> own) {
        List<WorkloadSpec> all = new ArrayList<>(own);
        control.directory.all().stream()
            .flatMap(n -> control.database.read(h -> control.workloads.on(h, n.id())).stream())
            .filter(
                s -> !s.mounts().isEmpty() && own.stream().noneMatch(o -> o.id().equals(s.id())))
            .forEach(all::add);
        return all;
      }

      @Override
      public List<dev.temps.contract.agent.RemovedVolume> removedFrom(String nodeId) {
        return control.database.read(h -> VolumeStore.removedOn(h, nodeId, control.clock.millis()));
      }
    };
  }

  /** What an agent says its machine has. */
  static HostFacts facts(Bug bug, HostFacts real) {
    int times = bug == Bug.BOASTING ? TENFOLD : 1;
    return new HostFacts(
        real.hostname(),
        real.os(),
        real.kernel(),
        real.arch(),
        real.cpuMillis() * times,
        real.memoryBytes() * times,
        real.diskBytes(),
        real.dockerVersion(),
        real.wireguard(),
        real.cgroup(),
        real.addresses());
  }

  /** What is done to the store of a control plane that was killed. */
  static void beforeStart(Bug bug, SimControl killed) {
    if (bug == Bug.FORGETFUL_START) {
      try (Database database = SimStore.open(killed.folder)) {
        database.change(handle ->
            handle.execute(
                "INSERT INTO lost_nodes (node_id, at, reason)"
                    + " SELECT id, 0, 'planted' FROM nodes WHERE removed_at IS NULL"
                    + " ON CONFLICT DO NOTHING"));
      }
    }
  }

  /** A drain has begun. */
  static void drained(Bug bug, SimControl control, String nodeId) {
    if (bug == Bug.GREEDY_DRAIN) {
      control.database.change(handle ->
          handle.execute(
              "UPDATE deployment_containers SET retired_at = 1 WHERE node_id = ?"
                  + " AND retired_at IS NULL",
              nodeId));
    }
  }
}
