package dev.temps.control.dispatch;

import dev.temps.contract.agent.RouteSpec;
import java.util.List;

/** Where the routes of every ingress come from; implemented by the room that decides them. */
@FunctionalInterface
public interface RouteSource {
  /** All routes of the cluster, in any order. Asked once per change; may read the store. */
  List<RouteSpec> routes();
}
