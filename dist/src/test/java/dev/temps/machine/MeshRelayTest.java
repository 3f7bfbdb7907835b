package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.MeshPair;
import dev.temps.contract.api.MeshView;
import dev.temps.contract.json.Json;
import dev.temps.lab.ExecResult;
import dev.temps.lab.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two machines that can't meet speak through a third one. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class MeshRelayTest {
  private static final Duration SECONDS = Duration.ofSeconds(30);

  /** A firewall between two machines that lets nothing of WireGuard through, either way. */
  private static void udpBetween(Cluster cluster, String one, String other, boolean blocked) {
    Machine machine = cluster.node(one);
    String peer = cluster.node(other).address();
    String how = blocked ? "-I" : "-D";
    machine
        .script(
            "iptables -w 5 %s INPUT -s %s -p udp -j DROP\n".formatted(how, peer)
                + "iptables -w 5 %s OUTPUT -d %s -p udp -j DROP\n".formatted(how, peer),
            Cluster.SHORT)
        .must("firewall of " + one);
  }

  private static MeshPair pair(Cluster cluster, String from, String to) {
    MeshView mesh =
        Json.read(MeshView.class, cluster.temps("mesh", "status", "--json").must("mesh status"));
    return mesh.pairs().stream()
        .filter(p -> p.from().equals(from) && p.to().equals(to))
        .findFirst()
        .orElseThrow();
  }

  private static ContainerView on(Cluster cluster, String app, String node) {
    return cluster.containers(app).stream()
        .filter(c -> c.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void twoMachinesThatCanNotMeetSpeakThroughTheThirdAndDirectlyAgainWhenTheyCan(Cluster cluster) {
    cluster.deploy("relay", 1, "--node", "node-2");
    cluster.deploy("relay", 1, "--environment", "far", "--node", "node-3");
    String there = Objects.requireNonNull(on(cluster, "relay-far", "node-3").address());
    udpBetween(cluster, "node-2", "node-3", true);
    try {
      eventually(
          SECONDS,
          "node-2 and node-3 reach each other through node-1",
          () -> {
            MeshPair pair = pair(cluster, "node-2", "node-3");
            return "node-1".equals(pair.via())
                && pair.reachable()
                && pair(cluster, "node-3", "node-2").reachable();
          },
          cluster::state);
      ExecResult answer =
          cluster.temps(
              "exec", "relay", "--", "nc", "-w", "5", there.replaceAll(":.*", ""), "8080");
      assertTrue(answer.ok(), answer.stderr());
      ExecResult big =
          cluster
              .node("node-2")
              .exec(
                  List.of("ping", "-M", "do", "-s", "1342", "-c", "3", "-W", "2", "10.208.0.3"),
                  Cluster.SHORT);
      assertTrue(big.ok(), big.stdout() + big.stderr());
      assertEquals("ready", cluster.nodeView("node-2").liveness());
      assertEquals("ready", cluster.nodeView("node-3").liveness());
      eventually(
          SECONDS,
          "no condition is left",
          () ->
              cluster.nodes().stream().allMatch(n -> n.conditions().stream().allMatch(c -> c.ok())),
          cluster::state);
    } finally {
      udpBetween(cluster, "node-2", "node-3", false);
    }
    eventually(
        Duration.ofSeconds(60),
        "node-2 and node-3 reach each other directly again",
        () -> {
          MeshPair pair = pair(cluster, "node-2", "node-3");
          return pair.path().equals("direct") && pair.reachable();
        },
        cluster::state);
    assertTrue(
        cluster.temps("events", "--node", "node-2").stdout().contains("goes through node-1"),
        "the history says why");
  }
}
