package dev.temps.agent;

import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.journal.Journal;
import dev.temps.agent.session.Observed;
import dev.temps.agent.session.Session;
import dev.temps.agent.session.SessionState;
import dev.temps.agent.status.AgentStatus;
import dev.temps.agent.status.StatusFile;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.kit.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes down how the agent is; run by one loop. */
final class StatusWriter {
  private final StatusFile file;
  private final NodeIdentity identity;
  private final Session session;
  private final Observed observed;
  private final Journal journal;
  private final String version;
  private final Time time;

  StatusWriter(
      StatusFile file,
      NodeIdentity identity,
      Session session,
      Observed observed,
      Journal journal,
      String version,
      Time time) {
    this.file = file;
    this.identity = identity;
    this.session = session;
    this.observed = observed;
    this.journal = journal;
    this.version = version;
    this.time = time;
  }

  void step() throws IOException {
    SessionState state = session.state();
    List<Condition> conditions = new ArrayList<>(observed.conditions());
    conditions.addAll(session.conditions());
    file.write(
        new AgentStatus(
            ProcessHandle.current().pid(),
            identity.node().id(),
            identity.node().name(),
            version,
            observed.meshProven(),
            state.connected() && state.provenAccepted(),
            state.session(),
            state.control(),
            state.away(),
            state.refused(),
            state.refusedType(),
            conditions,
            peers(),
            time.millis()));
  }

  private List<AgentStatus.Peer> peers() {
    Assignment known = journal.current();
    Assignment.Peers peers = known == null ? null : known.peers();
    if (peers == null) {
      return List.of();
    }
    List<PeerObservation> seen = observed.peers();
    return peers.items().stream().map(p -> peer(p, seen)).toList();
  }

  private static AgentStatus.Peer peer(PeerSpec spec, List<PeerObservation> seen) {
    return seen.stream()
        .filter(o -> o.nodeId().equals(spec.nodeId()))
        .findFirst()
        .map(o ->
            new AgentStatus.Peer(
                spec.name(),
                spec.address(),
                spec.ready(),
                o.reachable(),
                o.handshakeAgeMillis(),
                o.roundTripMicros(),
                o.endpoint()))
        .orElseGet(() ->
            new AgentStatus.Peer(spec.name(), spec.address(), spec.ready(), false, -1, -1, null));
  }
}
