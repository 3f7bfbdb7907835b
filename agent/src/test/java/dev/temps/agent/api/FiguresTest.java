package dev.temps.agent.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static ObservedWorkload container(String id, ObservedState state) {
    return new ObservedWorkload(id, state, Health.unknown, null, null, 2, 0, "docker", 1);
  }

  @Test
  void aNodesContainersPeersAndBackendsAreCounted() {
    String text =
        Figures.text(
            List.of(
                container("c-1", ObservedState.running), container("c-2", ObservedState.running)),
            List.of(
                new PeerObservation("n-2", 1_500, 1, 2, 420, true, null, null, null, null, null),
                new PeerObservation("n-3", -1, 0, 0, -1, false, null, null, null, null, null)),
            List.of(new Figures.Backend("web", true), new Figures.Backend("web", false)),
            new Figures.Lines(9, 1));
    String samples =
        text.lines()
            .filter(l -> !l.startsWith("#") && !l.endsWith(" 0"))
            .collect(Collectors.joining("\n"));
    assertEquals(
        """
        temps_agent_containers{state="running"} 2
        temps_agent_container_restarts 4
        temps_agent_peer_reachable{peer="n-2"} 1
        temps_agent_peer_handshake_age_seconds{peer="n-2"} 1.5
        temps_agent_peer_round_trip_seconds{peer="n-2"} 4.2E-4
        temps_agent_ingress_backends{app="web",state="up"} 1
        temps_agent_ingress_backends{app="web",state="down"} 1
        temps_agent_request_lines_total{result="counted"} 9
        temps_agent_request_lines_total{result="unread"} 1\
        """,
        samples);
    assertTrue(text.contains("temps_agent_peer_reachable{peer=\"n-3\"} 0\n"), text);
    assertTrue(text.contains("temps_agent_containers{state=\"failed\"} 0\n"), text);
  }
}
