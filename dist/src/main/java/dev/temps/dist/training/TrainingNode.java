package dev.temps.dist.training;

import dev.temps.agent.session.Observed;
import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.contract.agent.Traffic;
import dev.temps.contract.agent.Usage;
import dev.temps.kit.Time;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node on which nothing runs, well enough to report. Immutable. */
final class TrainingNode implements Observed {
  private final HostFacts facts;
  private final String wireguardKey;
  private final Time time;

  TrainingNode(HostFacts facts, String wireguardKey, Time time) {
    this.facts = facts;
    this.wireguardKey = wireguardKey;
    this.time = time;
  }

  @Override
  public SessionRequest opening(long epochSeen) {
    return new SessionRequest(
        Contract.VERSION,
        "training",
        "training",
        epochSeen,
        List.of("192.0.2.1:51820"),
        wireguardKey,
        51_820,
        facts,
        time.millis());
  }

  @Override
  public Applied applied() {
    return Applied.NONE;
  }

  @Override
  public boolean meshProven() {
    return false;
  }

  @Override
  public Usage usage() {
    return new Usage(100, 1 << 20, 1 << 20, 1, 0.1);
  }

  @Override
  public List<ObservedWorkload> workloads() {
    return List.of();
  }

  @Override
  public List<PeerObservation> peers() {
    return List.of();
  }

  @Override
  public @Nullable MeshKeys keys() {
    return null;
  }

  @Override
  public Traffic traffic() {
    List<Long> some = List.of(0L, 1L, 0L, 0L, 0L, 0L);
    return new Traffic(
        "training", List.of(new Traffic.OfApp("training", some, 1, 1, 0, 0, 1, List.of(0L, 1L))));
  }

  @Override
  public CaTrust trust() {
    return new CaTrust(List.of("ab"), "ab");
  }

  @Override
  public List<Condition> conditions() {
    return List.of(new Condition("mesh", false, "training"));
  }
}
