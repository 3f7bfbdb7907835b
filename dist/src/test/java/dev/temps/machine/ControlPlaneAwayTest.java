package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.ContainerView;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code temps serve} is killed and stays away for a minute. */
@Tag("machine")
@ExtendWith(SharedCluster.class)
class ControlPlaneAwayTest {
  private static final Duration AWAY = Duration.ofSeconds(60);

  @Test
  void appsAnswerEveryRequestCrashedOnesComeBackAndNothingRestartsAfterwards(Cluster cluster) {
    cluster.deploy("steady", 3);
    cluster.deploy("fragile", 1, "--node", "node-2");
    List<String> nodes = List.of("node-1", "node-2", "node-3");
    nodes.forEach(n -> cluster.awaitAnswers(n, "steady"));
    Map<String, Long> before = starts(cluster, "steady");
    supervise(cluster, "--stop temps-control");
    try (Load one = new Load(cluster.node("node-1"), "steady");
        Load two = new Load(cluster.node("node-2"), "steady");
        Load three = new Load(cluster.node("node-3"), "steady")) {
      Duration end = Time.system().elapsed().plus(AWAY);
      cluster.get("node-3", "fragile", "/crash");
      eventually(
          Cluster.LONG,
          "the crashed app answers again without a control plane",
          () -> cluster.answers("node-3", "fragile"));
      eventually(
          AWAY.plusSeconds(10),
          "a minute is over",
          () -> Time.system().elapsed().compareTo(end) > 0);
      supervise(cluster, "--start temps-control");
      nodes.forEach(n -> cluster.awaitLiveness(n, "ready"));
      for (Load load : List.of(one, two, three)) {
        load.end();
        assertTrue(load.answered() > 100, "load ran: " + load.answered());
        assertEquals(List.of(), load.failures(), "requests lost while the control plane was away");
      }
    }
    assertEquals(before, starts(cluster, "steady"), "nothing may restart");
  }

  private static void supervise(Cluster cluster, String action) {
    cluster
        .node("node-1")
        .script("/opt/temps/libexec/temps-supervise " + action + "\n", Cluster.SHORT)
        .must(action);
  }

  private static Map<String, Long> starts(Cluster cluster, String app) {
    return cluster.containers(app).stream()
        .collect(Collectors.toMap(ContainerView::id, ContainerView::startedAtMillis));
  }
}
