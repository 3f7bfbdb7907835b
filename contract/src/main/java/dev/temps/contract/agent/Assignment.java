package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Desired state of one node. A section that is null is unchanged since the revision the agent
 * named. An agent refuses a lower {@code epoch} than it has seen.
 *
 * @param epoch raised by every restore of the control plane
 * @param controls control URLs, mesh first
 */
@Json
public record Assignment(
    String cluster,
    long epoch,
    List<String> controls,
    @Nullable Workloads workloads,
    @Nullable Peers peers,
    @Nullable Routes routes,
    @Nullable Certificates certificates) {

  public Assignment {
    controls = List.copyOf(controls);
  }

  /**
   * Containers of this node.
   *
   * @param removed volumes whose data is to be set aside; null: none
   */
  @Json
  public record Workloads(
      long revision, String hash, List<WorkloadSpec> items, @Nullable List<RemovedVolume> removed) {
    public Workloads {
      items = List.copyOf(items);
      removed = removed == null ? null : List.copyOf(removed);
    }
  }

  /**
   * The mesh as this node must see it.
   *
   * @param keys what to do about its own key; null for nothing
   */
  @Json
  public record Peers(
      long revision, String hash, MeshSelf self, List<PeerSpec> items, @Nullable KeyOrder keys) {
    public Peers {
      items = List.copyOf(items);
    }
  }

  /** What the ingress of this node serves; {@code ingress} false: no HAProxy here. */
  @Json
  public record Routes(
      long revision, String hash, boolean ingress, String domain, List<RouteSpec> items) {
    public Routes {
      items = List.copyOf(items);
    }
  }

  /** CA certificates to trust, PEM. */
  @Json
  public record Certificates(long revision, String hash, String caBundle) {}
}
