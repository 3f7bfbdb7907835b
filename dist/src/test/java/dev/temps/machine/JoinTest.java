package dev.temps.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.TokenCreated;
import dev.temps.lab.ExecResult;
import dev.temps.lab.LabSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A machine with nothing of ours on it becomes a node. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JoinTest {
  private Cluster cluster;

  @BeforeAll
  void serve() {
    cluster = Cluster.serving(LabSpec.named("join-test"));
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  @Test
  @Order(1)
  void theFirstMachineIsANodeLikeEveryOther() {
    cluster.awaitLiveness("node-1", "ready");
    assertTrue(cluster.nodeView("node-1").controlPlane());
  }

  @Test
  @Order(2)
  void theLineWorksOnABareMachineAndTheNodeIsReadyWhenItReturns() {
    assertFalse(
        cluster.node("node-2").exec(List.of("temps", "version"), Cluster.SHORT).ok(),
        "nothing of ours may be there before");
    ExecResult joined = cluster.join(cluster.node("node-2"));
    assertTrue(joined.ok(), joined.stderr());
    assertEquals("ready", cluster.nodeView("node-2").liveness());
    assertEquals("active", cluster.nodeView("node-2").availability());
  }

  @Test
  @Order(3)
  void joiningTwiceChangesNothing() {
    String before = cluster.nodeView("node-2").id();
    ExecResult again = cluster.tempsOn("node-2", "join", cluster.serving.url());
    assertTrue(again.ok(), again.stderr());
    assertEquals(before, cluster.nodeView("node-2").id());
    assertEquals(2, cluster.nodes().size());
  }

  @Test
  @Order(3)
  void aNodeDoesNotStartAClusterOfItsOwn() {
    ExecResult refused = cluster.tempsOn("node-2", "serve");
    assertEquals(1, refused.exit(), refused.stderr());
    assertTrue(refused.stderr().contains("It is node node-2"), refused.stderr());
    assertTrue(refused.stderr().contains("--restore"), refused.stderr());
  }

  @Test
  @Order(4)
  void aUsedTokenIsRefusedForAnotherMachineAndSaysWhoUsedIt() {
    TokenCreated token = cluster.invite();
    assertTrue(cluster.paste(cluster.node("node-3"), token.line()).ok());
    cluster
        .node("node-3")
        .script(
            """
            /opt/temps/libexec/temps-supervise --stop temps-agent
            rm -rf /var/lib/temps/agent
            """,
            Cluster.SHORT)
        .must("forget the identity");
    ExecResult refused = cluster.paste(cluster.node("node-3"), token.line());
    assertFalse(refused.ok());
    assertTrue(refused.stderr().contains("node-3"), refused.stderr());
    assertTrue(refused.stderr().contains("temps node token create"), refused.stderr());
    assertFalse(refused.stderr().contains("\tat "), "no stack trace");
  }

  @Test
  @Order(5)
  void aTokenOfAnotherClusterIsRefusedBeforeAnythingIsSent() {
    String foreign = "temps1_" + "a".repeat(52) + "_" + "0".repeat(64);
    ExecResult refused =
        cluster
            .node("node-3")
            .execWithInput(
                List.of("temps", "join", cluster.serving.url(), "--token-file", "-"),
                foreign,
                Cluster.LONG);
    assertEquals(1, refused.exit(), refused.stderr());
    assertTrue(refused.stderr().contains("another cluster"), refused.stderr());
  }

  @Test
  @Order(6)
  void secretsStandInNoArgumentListAndNoLog() {
    for (String node : List.of("node-1", "node-2")) {
      ExecResult found =
          cluster
              .node(node)
              .script(
                  "umask 077; cat > /tmp/secret <<'END'\n"
                      + cluster.serving.ownerToken()
                      + """

                      END
                      for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline; echo; done > /tmp/all
                      if grep -F -f /tmp/secret /tmp/all; then exit 1; fi
                      if grep -rF -f /tmp/secret /var/log/temps; then exit 1; fi
                      rm /tmp/secret
                      """,
                  Duration.ofSeconds(20));
      assertTrue(found.ok(), found.stdout());
    }
  }
}
