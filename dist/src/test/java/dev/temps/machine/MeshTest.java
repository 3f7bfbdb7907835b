package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.ContainerView;
import dev.temps.lab.ExecResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Containers reach each other across machines, encrypted, and nothing they should not. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class MeshTest {
  private static ContainerView on(Cluster cluster, String app, String node) {
    return cluster.containers(app).stream()
        .filter(c -> c.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  private static String address(ContainerView container) {
    return Objects.requireNonNull(container.address(), "a running replica has an address");
  }

  @Test
  void containersOfTwoMachinesTalkDirectlyByTheirOwnAddresses(Cluster cluster) {
    cluster.deploy("mesh", 2);
    ContainerView there = cluster.containers("mesh").get(1);
    ContainerView here = cluster.containers("mesh").get(0);
    assertFalse(here.node().equals(there.node()), "spread over two machines");
    ExecResult answer =
        cluster.temps(
            "exec", "mesh", "--replica", "1", "--", "nc", "-w", "5", address(there), "8080");
    assertTrue(answer.ok(), answer.stderr());
  }

  @Test
  void aContainerReachesNoNodeAddressAndNoMetadataService(Cluster cluster) {
    cluster.deploy("walls", 1);
    for (String forbidden : List.of("10.208.0.1", "10.208.0.2", "169.254.169.254")) {
      ExecResult tried =
          cluster.temps(
              "exec", "walls", "--replica", "1", "--", "nc", "-w", "2", forbidden, "8443");
      assertFalse(tried.ok(), forbidden + " must not be reachable: " + tried.stdout());
    }
  }

  @Test
  void packetsOfFullSizePassWithoutFragments(Cluster cluster) {
    ExecResult ping =
        cluster
            .node("node-1")
            .exec(
                List.of("ping", "-M", "do", "-s", "1342", "-c", "1", "-W", "2", "10.208.0.2"),
                Cluster.SHORT);
    assertTrue(ping.ok(), ping.stdout() + ping.stderr());
  }

  @Test
  void blockedUdpIsSaidByNameAndMendsItself(Cluster cluster) {
    cluster.node("node-3").dropUdp(51820);
    try {
      eventually(
          Duration.ofSeconds(90),
          "node-3 says that the mesh is broken",
          () ->
              cluster.nodeView("node-3").conditions().stream()
                  .anyMatch(
                      c -> c.name().equals("mesh") && !c.ok() && c.detail().contains("node-")),
          cluster::state);
      assertEquals(3, cluster.nodes().size());
    } finally {
      cluster.node("node-3").restoreUdp(51820);
    }
    eventually(
        Duration.ofSeconds(60),
        "the mesh is whole again",
        () -> cluster.nodes().stream().allMatch(n -> n.conditions().stream().allMatch(c -> c.ok())),
        cluster::state);
    assertEquals("ready", cluster.nodeView("node-3").liveness());
  }

  @Test
  void theWireShowsNoPlaintext(Cluster cluster) {
    cluster.deploy("plain", 2);
    String target = address(on(cluster, "plain", cluster.containers("plain").get(1).node()));
    ExecResult seen =
        cluster
            .node("node-1")
            .script(
                "timeout 6 tcpdump -i any -A -s 0 -c 2000 'net 10.99.0.0/16' > /tmp/wire 2>&1 &\n"
                    + "for i in 1 2 3 4 5 6 7 8; do"
                    + " curl -s -m 2 -o /dev/null -H 'X-Marker: plaintext-marker' http://"
                    + target
                    + ":8080/ || true; sleep 0.5; done\nwait\n"
                    + "! grep -q plaintext-marker /tmp/wire\n",
                Duration.ofSeconds(40));
    assertTrue(seen.ok(), "the marker was seen on the wire between machines");
  }
}
