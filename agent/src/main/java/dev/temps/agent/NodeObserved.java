package dev.temps.agent;

import dev.temps.agent.host.Endpoints;
import dev.temps.agent.host.HostProbe;
import dev.temps.agent.host.OwnAddresses;
import dev.temps.agent.host.UsageMeter;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.identity.NodeRecord;
import dev.temps.agent.journal.Journal;
import dev.temps.agent.session.Observed;
import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.contract.agent.Traffic;
import dev.temps.contract.agent.Usage;
import dev.temps.kit.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers from everywhere what a session tells. Thread-safe. */
final class NodeObserved implements Observed {
  private final NodeIdentity identity;
  private final Parts parts;
  private final Runners runners;
  private final Journal journal;
  private final HostProbe host;
  private final UsageMeter meter;
  private final Supplier<String> refusedAssignment;
  private final String version;
  private final Time time;

  NodeObserved(
      NodeIdentity identity,
      Parts parts,
      Runners runners,
      Journal journal,
      HostProbe host,
      Supplier<String> refusedAssignment,
      String version,
      Time time) {
    this.identity = identity;
    this.parts = parts;
    this.runners = runners;
    this.journal = journal;
    this.host = host;
    this.meter = new UsageMeter(host, time);
    this.refusedAssignment = refusedAssignment;
    this.version = version;
    this.time = time;
  }

  @Override
  public SessionRequest opening(long epochSeen) {
    NodeRecord node = identity.node();
    return new SessionRequest(
        Contract.VERSION,
        version,
        host.bootId(),
        epochSeen,
        Endpoints.of(node.advertise(), OwnAddresses.list(), node.wireguardPort()),
        parts.keys().current(),
        node.wireguardPort(),
        host.facts(parts.engineVersion(), parts.wireguard(), OwnAddresses::list),
        time.millis());
  }

  @Override
  public Applied applied() {
    return runners.applied();
  }

  @Override
  public boolean meshProven() {
    return parts.proven();
  }

  @Override
  public Usage usage() {
    long running =
        parts.observed().stream().filter(w -> w.state() == ObservedState.running).count();
    return meter.measure((int) running);
  }

  @Override
  public List<ObservedWorkload> workloads() {
    return parts.observed();
  }

  @Override
  public List<PeerObservation> peers() {
    return parts.peers();
  }

  @Override
  public @Nullable MeshKeys keys() {
    return parts.rotating() ? parts.keys() : null;
  }

  @Override
  public CaTrust trust() {
    return identity.trust();
  }

  @Override
  public Traffic traffic() {
    return parts.traffic();
  }

  @Override
  public List<Condition> conditions() {
    List<Condition> all = new ArrayList<>(runners.conditions());
    all.add(meter.diskCondition());
    all.add(journal.condition());
    all.add(journal.unclaimedCondition());
    String refused = refusedAssignment.get();
    all.add(new Condition("control", refused.isEmpty(), refused));
    return all;
  }
}
