package dev.temps.control.deployment;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.NodeStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitoredFleetTest {
  private static PeerObservation peer(String id, boolean reachable) {
    return new PeerObservation(id, 1, 0, 0, 1, reachable, null, null, null, null, null);
  }

  private static NodeStatus status(Liveness liveness, PeerObservation... peers) {
    return new NodeStatus(
        liveness, null, 1, null, List.of(), List.of(peers), Applied.NONE, List.of(), true);
  }

  @Test
  void aNodeThatMissesADeadOneIsNotCutOff() {
    NodeStatus own = status(Liveness.ready, peer("n-b", true), peer("n-dead", false));
    Map<String, NodeStatus> seen =
        Map.of("n-b", status(Liveness.ready), "n-dead", status(Liveness.down));
    assertFalse(MonitoredFleet.cutOff(own, seen));
    assertFalse(
        MonitoredFleet.cutOff(
            status(Liveness.ready, peer("n-dead", false)),
            Map.of("n-dead", status(Liveness.down))));
  }

  @Test
  void aNodeThatReachesNoReadyOneIs() {
    NodeStatus own = status(Liveness.ready, peer("n-b", false), peer("n-c", false));
    assertTrue(
        MonitoredFleet.cutOff(
            own, Map.of("n-b", status(Liveness.ready), "n-c", status(Liveness.ready))));
  }

  @Test
  void theOnlyNodeIsNotCutOff() {
    assertFalse(MonitoredFleet.cutOff(status(Liveness.ready), Map.of()));
  }
}
