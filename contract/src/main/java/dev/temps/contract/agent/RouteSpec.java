package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One app as every ingress node must serve it.
 *
 * @param app stable id of the route, a name
 * @param hosts host names in lower case
 * @param backends live replicas anywhere in the cluster; empty: answer 503 with a plain page
 */
@Json
public record RouteSpec(
    String app, List<String> hosts, List<Backend> backends, @Nullable HealthCheck health) {

  public RouteSpec {
    hosts = List.copyOf(hosts);
    backends = List.copyOf(backends);
  }

  /**
   * One replica.
   *
   * @param id the workload's id
   * @param address its address in the mesh
   * @param nodeId where it runs, so that an ingress prefers its own
   */
  @Json
  public record Backend(String id, String address, int port, String nodeId) {}
}
