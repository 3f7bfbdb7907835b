package dev.temps.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.lab.ExecResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All machines get new WireGuard keys while their containers go on talking. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class MeshRotateTest {
  private static final Pattern LOST =
      Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

  private static Set<String> keys(Cluster cluster) {
    Set<String> keys = new HashSet<>();
    for (String node : List.of("node-1", "node-2", "node-3")) {
      ExecResult key =
          cluster.node(node).exec(List.of("wg", "show", "temps-wg0", "public-key"), Cluster.SHORT);
      keys.add(key.must("public key of " + node).strip());
    }
    return keys;
  }

  @Test
  void everyMachineGetsANewKeyAndNoRequestIsLost(Cluster cluster) {
    cluster.deploy("rotated", 1, "--node", "node-2");
    cluster.awaitAnswers("node-3", "rotated");
    Set<String> before = keys(cluster);
    cluster
        .node("node-3")
        .script(
            "ping -n -i 0.05 10.208.0.2 >/tmp/pings 2>&1 </dev/null &\necho $! >/tmp/pings.pid\n",
            Cluster.SHORT)
        .must("start pings");
    try (Load load = new Load(cluster.node("node-3"), "rotated")) {
      cluster.temps("mesh", "rotate").must("mesh rotate");
      load.end();
      assertEquals(List.of(), load.failures(), "of " + load.answered() + " requests");
      assertTrue(load.answered() > 0);
      String said =
          cluster
              .node("node-3")
              .script(
                  """
                  kill -INT $(cat /tmp/pings.pid)
                  tail --pid=$(cat /tmp/pings.pid) -f /dev/null
                  cat /tmp/pings
                  """,
                  Cluster.SHORT)
              .must("end pings");
      Matcher lost = LOST.matcher(said);
      assertTrue(lost.find(), said);
      int missed = Integer.parseInt(lost.group(1)) - Integer.parseInt(lost.group(2));
      System.out.println(
          "rotated under load: %d requests, %s pings, %d of them lost"
              .formatted(load.answered(), lost.group(1), missed));
      assertTrue(missed < 60, "three seconds without an answer in all: " + missed);
    }
    Set<String> after = keys(cluster);
    after.retainAll(before);
    assertEquals(Set.of(), after, "every key is another one");
    assertFalse(cluster.temps("operation", "list").stdout().contains("running"));
  }
}
