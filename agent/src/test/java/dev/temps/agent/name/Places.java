package dev.temps.agent.name;

import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.agent.ServiceSpec.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes, members and services for tests; node 1 is the first. */
final class Places {
  private Places() {}

  static Here here(int node, @Nullable String zone) {
    String net = "10.208." + (15 + node);
    MeshSelf self =
        new MeshSelf(
            "10.208.0.0/12",
            "10.208.0." + node,
            net + ".0/24",
            net + ".1",
            net + ".2",
            51_820,
            1_370);
    return new Here(self, "n-" + node, zone);
  }

  /** The n-th container of a node. */
  static String address(int node, int n) {
    return "10.208." + (15 + node) + "." + n;
  }

  static Member member(int node, int n) {
    return member(node, n, null);
  }

  static Member member(int node, int n, @Nullable String zone) {
    return new Member("i-" + node + "-" + n, address(node, n), "n-" + node, zone);
  }

  /** {@code db.shop.temps.internal} at 10.223.0.4. */
  static ServiceSpec db(Member... members) {
    return new ServiceSpec("db", "shop", "10.223.0.4", List.of(members));
  }

  static NameTable table(Here here, ServiceSpec... services) {
    List<Serving> serving = ServingPlanner.plan(List.of(services), here, Health.WELL);
    return NameTable.of(serving, UdpPorts.of(serving, here), here);
  }
}
