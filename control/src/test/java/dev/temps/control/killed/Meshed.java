package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.Report;
import dev.temps.control.mesh.KeyRotations;
import dev.temps.control.mesh.KeyTurns;
import dev.temps.control.mesh.Paths;
import dev.temps.control.mesh.Peers;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeMonitor;
import dev.temps.control.node.Nodes;
import dev.temps.control.testing.PaperKeys;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.Time;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The mesh of the machines as one control plane hears of it, in sessions of its own. */
final class Meshed {
  private final Machines machines;
  private final Nodes nodes;
  private final NodeMonitor monitor;
  private final KeyRotations rotations;
  private final Time time;
  private final Map<String, String> sessions = new HashMap<>();
  private long sequence;

  /** Keys of machines, which go on without a control plane. */
  static final class Machines {
    private final Map<String, PaperKeys> keys = new TreeMap<>();
    private int made;

    private PaperKeys of(Node node) {
      return keys.computeIfAbsent(
          node.id(), id -> new PaperKeys(id, node.wireguardKey(), () -> PaperKeys.key(++made)));
    }
  }

  Meshed(Machines machines, Nodes nodes, NodeMonitor monitor, KeyRotations rotations, Time time) {
    this.machines = machines;
    this.nodes = nodes;
    this.monitor = monitor;
    this.rotations = rotations;
    this.time = time;
  }

  /** Each agent does what it is told and reports; nobody loses anybody meanwhile. */
  void round() {
    List<Node> all = nodes.list();
    KeyTurns turns = rotations.now();
    List<PeerSpec> roster = Peers.roster(all, _ -> true, turns);
    for (Node node : all) {
      PaperKeys keys = machines.of(node);
      keys.told(Peers.seenBy(node, roster, Paths.DIRECT), turns.order(node.id()));
      keys.act();
    }
    for (Node node : all) {
      PaperKeys keys = machines.of(node);
      List<PeerObservation> sees = keys.sees(id -> Optional.ofNullable(machines.keys.get(id)));
      sees.forEach(s -> assertTrue(s.reachable(), node.name() + " reaches " + s.nodeId()));
      String session =
          sessions.computeIfAbsent(node.id(), _ -> monitor.open(node, false, "boot-1", "test"));
      Report plain = PaperMachine.report(session, ++sequence, true, time.millis(), List.of());
      monitor.report(node, PaperMachine.with(plain, sees, keys.said()));
    }
  }

  /** The key a node uses. */
  String key(Node node) {
    return machines.of(node).current();
  }
}
