package dev.temps.agent.session;

import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.CaTrust;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.SessionRequest;
import dev.temps.contract.agent.Traffic;
import dev.temps.contract.agent.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session tells the control plane; asked for at each report. Thread-safe, returns at once.
 */
public interface Observed {
  /** What opens a session now. */
  SessionRequest opening(long epochSeen);

  /** Revisions made true by this process. */
  Applied applied();

  /** Whether the mesh is proven now. */
  boolean meshProven();

  /** What the machine uses now. */
  Usage usage();

  /** Workloads as they are. */
  List<ObservedWorkload> workloads();

  /** Peers as they are reached. */
  List<PeerObservation> peers();

  /** The node's WireGuard keys while they are being rotated, else null. */
  @Nullable MeshKeys keys();

  /** The CAs the node trusts now, and which of them signed its certificate. */
  CaTrust trust();

  /** What the ingress answered since this process started. */
  Traffic traffic();

  /** All conditions of the node but those of the session itself. */
  List<Condition> conditions();
}
