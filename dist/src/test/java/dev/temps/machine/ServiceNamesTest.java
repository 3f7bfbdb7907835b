package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.AppView;
import dev.temps.contract.json.Json;
import dev.temps.lab.ExecResult;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Apps are found by name and address wherever they run, and by ports of every machine. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class ServiceNamesTest {
  private static @Nullable String address(Cluster cluster, String app) {
    String json = cluster.temps("status", app, "--json").must("status " + app);
    return Json.read(AppView.class, json).address();
  }

  /** What the app's only container on that machine is told by a name; empty for no answer. */
  private static String heard(Cluster cluster, String node, String app, String name) {
    String container = "$(docker ps -q --filter label=temps.app=" + app + ")";
    String ask = "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | docker exec -i " + container;
    String script = ask + " nc -w 2 " + name + " 8080\n";
    return cluster.node(node).script(script, Cluster.SHORT).stdout();
  }

  private static void awaitHeard(Cluster cluster, String app, String name, String from) {
    eventually(
        Cluster.LONG,
        name + " answers from " + from,
        () -> heard(cluster, "node-2", app, name).contains("on " + from),
        cluster::state);
  }

  @Test
  void anAppKeepsNameAndAddressWhereverItMoves(Cluster cluster) {
    cluster.deploy("cart", 1, "--node", "node-2");
    cluster.deploy("cart", 1, "--environment", "store", "--node", "node-3");
    String address = told(address(cluster, "cart-store"));
    for (String name : List.of("cart-store", "cart-store.cart.temps.internal", address)) {
      awaitHeard(cluster, "cart", name, "node-3");
    }
    awaitHeard(cluster, "cart", "all.cart-store", "node-3");
    awaitHeard(cluster, "cart", "cart", "node-2"); // itself

    cluster.deploy("cart", 1, "--environment", "store", "--node", "node-1");
    awaitHeard(cluster, "cart", "cart-store", "node-1");
    assertEquals(address, address(cluster, "cart-store"));
    awaitHeard(cluster, "cart", address, "node-1");
  }

  private static String told(@Nullable String address) {
    assertNotNull(address, "it has an address from its first release on");
    return address == null ? "" : address;
  }

  @Test
  void namesAreBackAfterABootWithoutAControlPlane(Cluster cluster) {
    cluster.deploy("till", 1, "--node", "node-2");
    cluster.deploy("till", 1, "--environment", "store", "--node", "node-3");
    awaitHeard(cluster, "till", "till-store", "node-3");
    supervise(cluster, "--stop temps-control");
    try {
      cluster.node("node-2").powerOff();
      cluster.node("node-2").powerOn();
      awaitHeard(cluster, "till", "till-store", "node-3");
    } finally {
      supervise(cluster, "--start temps-control");
    }
    cluster.awaitLiveness("node-2", "ready");
  }

  @Test
  void aPortOfEveryMachineLeadsToAnAppUntilItIsTakenBack(Cluster cluster) {
    cluster.deploy("game", 1, "--node", "node-3");
    cluster.deploy("chess", 1, "--node", "node-2");
    cluster.temps("expose", "tcp", "9555", "--project", "game").must("expose");
    for (String node : List.of("node-1", "node-2", "node-3")) {
      eventually(Cluster.SHORT, node + " answers", () -> answers(cluster, node), cluster::state);
    }
    ExecResult other = cluster.temps("expose", "tcp", "9555", "--project", "chess");
    assertEquals(1, other.exit());
    assertTrue(other.stderr().contains("leads to game"), other.stderr());
    cluster.temps("expose", "remove", "9555/tcp", "--yes").must("expose remove");
    for (String node : List.of("node-1", "node-2", "node-3")) {
      eventually(Cluster.SHORT, node + " is silent", () -> !answers(cluster, node), cluster::state);
    }
  }

  private static boolean answers(Cluster cluster, String node) {
    return cluster
        .node(node)
        .exec(List.of("curl", "-s", "-m", "2", "http://127.0.0.1:9555/"), Cluster.SHORT)
        .stdout()
        .contains("on node-3");
  }

  private static void supervise(Cluster cluster, String action) {
    cluster
        .node("node-1")
        .script("/opt/temps/libexec/temps-supervise " + action + "\n", Cluster.SHORT)
        .must(action);
  }
}
