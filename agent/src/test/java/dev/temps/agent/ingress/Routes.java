package dev.temps.agent.ingress;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.RouteSpec;
import java.util.Arrays;
import java.util.List;

/** Routes for tests. */
final class Routes {
  private Routes() {}

  static Assignment.Routes of(long revision, RouteSpec... routes) {
    return new Assignment.Routes(revision, "h", true, "example.test", List.of(routes));
  }

  static Assignment.Routes none(long revision) {
    return new Assignment.Routes(revision, "h", false, "example.test", List.of());
  }

  /** An app under {@code APP.example.test}, with replicas on node n-1. */
  static RouteSpec app(String app, String... addresses) {
    return new RouteSpec(
        app,
        List.of(app + ".example.test"),
        Arrays.stream(addresses).map(a -> replica("c-" + a, a, "n-1")).toList(),
        null);
  }

  /** A replica at {@code ip:port}. */
  static RouteSpec.Backend replica(String id, String address, String node) {
    int colon = address.indexOf(':');
    return new RouteSpec.Backend(
        id.replace(':', '-'),
        address.substring(0, colon),
        Integer.parseInt(address.substring(colon + 1)),
        node);
  }
}
