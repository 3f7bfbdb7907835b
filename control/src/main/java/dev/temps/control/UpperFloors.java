package dev.temps.control;

import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.control.dispatch.NameSource;
import dev.temps.control.dispatch.ObservationSink;
import dev.temps.control.dispatch.RouteSource;
import dev.temps.control.dispatch.WallSource;
import dev.temps.control.dispatch.WorkloadSource;
import dev.temps.control.node.NodeEvents;
import dev.temps.kit.Secret;
import io.helidon.common.Builder;
import io.helidon.webserver.Routing;
import io.helidon.webserver.http.HttpService;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands on the lower floors: apps, their deployments, and the public API. */
public interface UpperFloors extends AutoCloseable {
  /** Where every node's containers come from. */
  WorkloadSource workloads();

  /** Where routes come from. */
  RouteSource routes();

  /** Certificate, chain and key of the one with that id and hash, for ingress nodes. */
  default Optional<Secret> hostCertificate(String id, String hash) {
    return Optional.empty();
  }

  /** Where it comes from which containers belong together. */
  WallSource walls();

  /** Where services come from, with their names and addresses. */
  default NameSource names() {
    return List::of;
  }

  /** Where observed workloads are written. */
  ObservationSink observations();

  /** Handlers of the public API. */
  List<HttpService> services();

  /** Routings of other kinds, such as WebSocket. */
  default List<Builder<?, ? extends Routing>> routings() {
    return List.of();
  }

  /** Where the lower floors tell what happened. */
  NodeEvents events();

  /** Starts loops; called once, after everything is wired and before the server answers. */
  void start();

  /** Stops loops. */
  @Override
  void close();

  /** No apps at all: nodes join and get an empty assignment. */
  static UpperFloors none() {
    return new UpperFloors() {
      @Override
      public WorkloadSource workloads() {
        return _ -> List.of();
      }

      @Override
      public RouteSource routes() {
        return List::of;
      }

      @Override
      public WallSource walls() {
        return List::of;
      }

      @Override
      public ObservationSink observations() {
        return (_, changed, _) -> Set.copyOf(changed.stream().map(ObservedWorkload::id).toList());
      }

      @Override
      public List<HttpService> services() {
        return List.of();
      }

      @Override
      public NodeEvents events() {
        return (kind, _, name, reason) ->
            System.getLogger(UpperFloors.class.getName())
                .log(System.Logger.Level.INFO, kind + " " + name + ": " + reason);
      }

      @Override
      public void start() {}

      @Override
      public void close() {}
    };
  }
}
