package dev.temps.control.node;

import dev.temps.contract.agent.Applied;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane holds of a node in memory at one moment.
 *
 * @param livenessReason why it is not ready, null when it is
 * @param lastReportAtMillis wall clock, 0 for never since this control plane started
 * @param usage null before the first report
 * @param applied revisions it has made true in its current session
 * @param workloads all it reported last; empty, with {@code reported} false, before the first
 * @param reported whether this session has reported its whole list of workloads
 */
public record NodeStatus(
    Liveness liveness,
    @Nullable String livenessReason,
    long lastReportAtMillis,
    @Nullable Usage usage,
    List<Condition> conditions,
    List<PeerObservation> peers,
    Applied applied,
    List<ObservedWorkload> workloads,
    boolean reported) {

  /** Name of the condition of a node that comes and goes. */
  public static final String STEADY = "steady";

  private static final String MESH = "mesh";

  public NodeStatus {
    conditions = List.copyOf(conditions);
    peers = List.copyOf(peers);
    workloads = List.copyOf(workloads);
  }

  /** The same with something to say about its mesh. */
  NodeStatus remarked(String ofMesh) {
    List<Condition> all = new ArrayList<>();
    String said = "";
    for (Condition condition : conditions) {
      if (!condition.name().equals(MESH)) {
        all.add(condition);
      } else if (!condition.ok()) {
        said = condition.detail() + "; ";
      }
    }
    all.add(new Condition(MESH, false, said + ofMesh));
    return new NodeStatus(
        liveness,
        livenessReason,
        lastReportAtMillis,
        usage,
        all,
        peers,
        applied,
        workloads,
        reported);
  }
}
