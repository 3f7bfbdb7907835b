package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.AppView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.NodeView;
import dev.temps.contract.api.SnapshotView;
import dev.temps.contract.json.Json;
import dev.temps.kit.Time;
import dev.temps.lab.ExecResult;
import dev.temps.lab.LabSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The control plane's machine is lost, and another node takes the control plane over. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreElsewhereTest {
  private Cluster cluster;

  @BeforeAll
  void deploy() {
    cluster = Cluster.whole(LabSpec.named("restore-test"));
    cluster.deploy("web", 2, "--avoid", "none=here");
    cluster.deploy("pinned", 1, "--node", "node-2");
    long now = Time.system().millis();
    eventually(
        Cluster.LONG,
        "another machine keeps what was done",
        () -> keptOn("node-2") > now,
        () -> cluster.temps("backup", "list").stdout());
  }

  private long keptOn(String node) {
    String out = cluster.temps("backup", "list", "--json").must("backup list");
    return Json.readList(SnapshotView.class, out).stream()
        .filter(s -> s.place().equals(node))
        .mapToLong(SnapshotView::takenAtMillis)
        .max()
        .orElse(0);
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  @Test
  void aNodeThatKeepsNoSnapshotTakesTheControlPlaneOverAndTheOldOneIsRefused() {
    long started = pinnedStart("node-1");
    String address = address("node-1");
    cluster.awaitAnswers("node-3", "web");
    cluster.node("node-3").script("rm -f /var/lib/temps/agent/snapshots/*\n", Cluster.SHORT);
    try (Load load = new Load(cluster.node("node-3"), "web")) {
      cluster.node("node-1").powerOff();
      ExecResult restored =
          cluster
              .node("node-3")
              .execWithInput(
                  List.of("temps", "serve", "--from-node", "any", "--recovery-key-file", "-"),
                  cluster.serving.recoveryKey(),
                  Cluster.LONG);
      assertEquals(0, restored.exit(), restored.stderr());
      assertTrue(restored.stderr().contains("from node-2"), restored.stderr());
      login();
      eventually(
          Cluster.LONG,
          "the two machines that are left report to node-3",
          () ->
              "ready".equals(liveness().get("node-2")) && "ready".equals(liveness().get("node-3")),
          () -> cluster.tempsOn("node-3", "node", "list").stdout());
      assertEquals(started, pinnedStart("node-3"), "nothing may restart");
      assertEquals(address, address("node-3"), "others have it in their pools and caches");
      eventually(
          Cluster.LONG,
          "the console's host leads to the new control plane through the other machine",
          () -> console("node-2").equals("200"),
          () -> console("node-2"));
      load.end();
      assertTrue(load.answered() > 20, "load ran");
      assertEquals(
          List.of(), load.failures(), "repeatable requests lost while the control plane moved");
    }
    cluster.node("node-1").powerOn();
    eventually(
        Cluster.LONG,
        "the old machine is a node of the new control plane",
        () -> "ready".equals(liveness().get("node-1")),
        () -> cluster.tempsOn("node-3", "node", "list").stdout());
    eventually(
        Cluster.LONG,
        "the old control plane refuses changes and says that it was replaced",
        () -> {
          ExecResult refused = cluster.tempsOn("node-1", "scale", "web", "1");
          return refused.exit() == 1 && refused.stderr().contains("replaced");
        },
        () -> cluster.tempsOn("node-1", "scale", "web", "1").stderr());
  }

  private void login() {
    cluster
        .node("node-3")
        .execWithInput(
            List.of(
                "temps",
                "login",
                "https://" + cluster.node("node-3").address() + ":8443",
                "--ca-pin",
                cluster.serving.caFingerprint(),
                "--token-file",
                "-"),
            cluster.serving.ownerToken(),
            Cluster.SHORT)
        .must("login at node-3");
  }

  private Map<String, String> liveness() {
    String out = cluster.tempsOn("node-3", "node", "list", "--json").must("node list");
    return Json.readList(NodeView.class, out).stream()
        .collect(Collectors.toMap(NodeView::name, NodeView::liveness));
  }

  private String address(String from) {
    String out = cluster.tempsOn(from, "status", "pinned", "--json").must("status");
    return String.valueOf(Json.read(AppView.class, out).address());
  }

  private String console(String through) {
    return cluster
        .node(through)
        .script(
            "curl -sk -m 5 -o /dev/null -w '%{http_code}' --resolve temps.temps.test:443:127.0.0.1"
                + " https://temps.temps.test/healthz\n",
            Cluster.SHORT)
        .stdout()
        .strip();
  }

  private long pinnedStart(String from) {
    String out = cluster.tempsOn(from, "ps", "pinned", "--json").must("ps");
    return Json.readList(ContainerView.class, out).getFirst().startedAtMillis();
  }
}
