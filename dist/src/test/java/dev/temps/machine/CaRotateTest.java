package dev.temps.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.CaAuthority;
import dev.temps.contract.api.CaView;
import dev.temps.contract.api.EventView;
import dev.temps.contract.json.Json;
import dev.temps.lab.ExecResult;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cluster gets another CA while requests go on and agents stay ready. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class CaRotateTest {
  private static final Set<String> UNWELL = Set.of("node.suspect", "node.down", "node.pending");

  private static CaView authorities(Cluster cluster) {
    return Json.read(CaView.class, cluster.temps("ca", "show", "--json").must("ca show"));
  }

  private static List<EventView> events(Cluster cluster) {
    return Json.readList(EventView.class, cluster.temps("events", "--json").must("events"));
  }

  @Test
  void everyMachineGoesByANewCaAndNoRequestIsLost(Cluster cluster) {
    cluster.deploy("trusting", 1, "--node", "node-2");
    cluster.awaitAnswers("node-3", "trusting");
    CaAuthority before = authorities(cluster).authorities().getFirst();
    long since = events(cluster).getFirst().atMillis();
    try (Load load = new Load(cluster.node("node-3"), "trusting")) {
      cluster.temps("ca", "rotate").must("ca rotate");
      load.end();
      assertEquals(List.of(), load.failures(), "of " + load.answered() + " requests");
      assertTrue(load.answered() > 0);
      System.out.println("CA rotated under load: " + load.answered() + " requests");
    }
    CaView after = authorities(cluster);
    assertEquals(1, after.authorities().size());
    assertNotEquals(before.fingerprint(), after.authorities().getFirst().fingerprint());
    assertEquals(
        List.of(),
        events(cluster).stream()
            .filter(e -> e.atMillis() > since && UNWELL.contains(e.kind()))
            .toList(),
        "no agent was ever not ready");
    for (String node : List.of("node-1", "node-2", "node-3")) {
      ExecResult bundle =
          cluster
              .node(node)
              .exec(List.of("grep", "-c", "BEGIN", "/var/lib/temps/agent/ca.pem"), Cluster.SHORT);
      assertEquals("1", bundle.must("CAs of " + node).strip());
    }
    ExecResult again = cluster.temps("whoami");
    assertEquals(0, again.exit(), again.stderr());
    assertFalse(again.stderr().contains("new CA"), "the context goes by it already");
  }
}
