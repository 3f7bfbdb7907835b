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
 * @param walls also null from a control plane that knows no such section
 * @param names also null from a control plane that knows no such section
 */
@Json
public record Assignment(
    String cluster,
    long epoch,
    List<String> controls,
    @Nullable Workloads workloads,
    @Nullable Peers peers,
    @Nullable Routes routes,
    @Nullable Certificates certificates,
    @Nullable Walls walls,
    @Nullable Names names) {

  public Assignment {
    controls = List.copyOf(controls);
  }

  /** One that says nothing of names. */
  public Assignment(
      String cluster,
      long epoch,
      List<String> controls,
      @Nullable Workloads workloads,
      @Nullable Peers peers,
      @Nullable Routes routes,
      @Nullable Certificates certificates,
      @Nullable Walls walls) {
    this(cluster, epoch, controls, workloads, peers, routes, certificates, walls, null);
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

  /**
   * What the ingress of this node serves.
   *
   * @param ingress false: no HAProxy here
   * @param zone this node's label {@code zone}, whose replicas are preferred; null for none
   * @param tls certificates to show, the one for unknown names first; null or empty: no https
   * @param acme answers to certificate authorities; null: none
   * @param console host that leads to the control plane; null: none
   */
  @Json
  public record Routes(
      long revision,
      String hash,
      boolean ingress,
      String domain,
      List<RouteSpec> items,
      @Nullable String zone,
      @Nullable List<CertificateRef> tls,
      @Nullable List<AcmeAnswer> acme,
      @Nullable ConsoleSpec console) {
    public Routes {
      items = List.copyOf(items);
      tls = tls == null ? null : List.copyOf(tls);
      acme = acme == null ? null : List.copyOf(acme);
    }

    /** Plain HTTP in no zone. */
    public Routes(
        long revision, String hash, boolean ingress, String domain, List<RouteSpec> items) {
      this(revision, hash, ingress, domain, items, null, null, null, null);
    }

    /** Without a way to the control plane. */
    public Routes(
        long revision,
        String hash,
        boolean ingress,
        String domain,
        List<RouteSpec> items,
        @Nullable String zone,
        @Nullable List<CertificateRef> tls,
        @Nullable List<AcmeAnswer> acme) {
      this(revision, hash, ingress, domain, items, zone, tls, acme, null);
    }

    /** Certificates to show. */
    public List<CertificateRef> certificates() {
      return tls == null ? List.of() : tls;
    }

    /** Answers to certificate authorities. */
    public List<AcmeAnswer> answers() {
      return acme == null ? List.of() : acme;
    }
  }

  /** CA certificates to trust, PEM. */
  @Json
  public record Certificates(long revision, String hash, String caBundle) {}

  /** Which containers of the cluster belong together, the same for every node. */
  @Json
  public record Walls(long revision, String hash, List<ProjectSpec> items) {
    public Walls {
      items = List.copyOf(items);
    }
  }

  /** Names and addresses of all services of the cluster, the same for every node. */
  @Json
  public record Names(long revision, String hash, List<ServiceSpec> items) {
    public Names {
      items = List.copyOf(items);
    }
  }
}
