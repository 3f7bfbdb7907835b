package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node whose mesh knows nobody any more finds the peers that mend it by the public URL. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class StalePeersTest {
  @Test
  void aNodeThatForgotAllPeersIsBackInTheMeshByItself(Cluster cluster) {
    String stale = "node-3";
    cluster
        .node(stale)
        .script(
            """
            /opt/temps/libexec/temps-supervise --stop temps-agent
            for peer in $(wg show temps-wg0 peers); do
              wg set temps-wg0 peer "$peer" remove
            done
            rm -f /var/lib/temps/agent/assignment.json
            /opt/temps/libexec/temps-supervise --start temps-agent
            """,
            Cluster.SHORT)
        .must("forget the peers");
    eventually(
        Cluster.LONG,
        "it reaches the others over the mesh again",
        () ->
            cluster
                .node(stale)
                .exec(java.util.List.of("ping", "-c1", "-W1", "10.208.0.1"), Cluster.SHORT)
                .ok(),
        cluster::state);
    cluster.awaitLiveness(stale, "ready");
    assertTrue(
        cluster.nodeView(stale).conditions().stream().allMatch(c -> c.ok()), cluster.state());
  }
}
