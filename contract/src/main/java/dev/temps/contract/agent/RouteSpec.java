package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One app as every ingress node must serve it.
 *
 * @param app stable id of the route, a name
 * @param hosts host names in lower case; what an agent goes by that knows no {@code sites}
 * @param backends live replicas anywhere in the cluster; empty: answer 503 with a plain page
 * @param sites what leads here, with what visitors must do to enter; null from a control plane that
 *     knows no sites: {@code hosts}, for everybody
 * @param protocol {@link #H2C}, or null for HTTP/1.1
 * @param ports of every ingress node that lead here without HTTP; null: none
 */
@Json
public record RouteSpec(
    String app,
    List<String> hosts,
    List<Backend> backends,
    @Nullable HealthCheck health,
    @Nullable List<SiteSpec> sites,
    @Nullable String protocol,
    @Nullable List<PortSpec> ports) {

  /** What a replica speaks that only speaks HTTP/2 without TLS, as gRPC servers do. */
  public static final String H2C = "h2c";

  public RouteSpec {
    hosts = List.copyOf(hosts);
    backends = List.copyOf(backends);
    sites = sites == null ? null : List.copyOf(sites);
    ports = ports == null ? null : List.copyOf(ports);
  }

  /** All of these hosts, for everybody. */
  public RouteSpec(
      String app, List<String> hosts, List<Backend> backends, @Nullable HealthCheck health) {
    this(app, hosts, backends, health, null, null, null);
  }

  /** Ports that lead here without HTTP. */
  public List<PortSpec> exposed() {
    return ports == null ? List.of() : ports;
  }

  /**
   * A TCP port of every ingress node.
   *
   * @param port of the node, nobody else's in the cluster
   * @param target port of the replica, or {@link #SERVED}
   */
  @Json
  public record PortSpec(int port, int target) {
    /** The port a replica serves on. */
    public static final int SERVED = 0;
  }

  /** What leads here. */
  public List<SiteSpec> entrances() {
    return sites == null ? hosts.stream().map(SiteSpec::plain).toList() : sites;
  }

  /**
   * One replica.
   *
   * @param id the workload's id
   * @param address its address in the mesh
   * @param nodeId where it runs, so that an ingress prefers its own
   * @param zone the label {@code zone} of that node; null for none
   */
  @Json
  public record Backend(String id, String address, int port, String nodeId, @Nullable String zone) {
    /** The same at that port of it. */
    public Backend at(int other) {
      return other == PortSpec.SERVED ? this : new Backend(id, address, other, nodeId, zone);
    }

    /** One whose zone is not known. */
    public Backend(String id, String address, int port, String nodeId) {
      this(id, address, port, nodeId, null);
    }
  }
}
