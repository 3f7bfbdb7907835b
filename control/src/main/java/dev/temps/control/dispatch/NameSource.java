package dev.temps.control.dispatch;

import dev.temps.contract.agent.ServiceSpec;
import java.util.List;

/** Where the services of the cluster come from, with their names and addresses. */
@FunctionalInterface
public interface NameSource {
  /** All services by project and name, in the same order every time. May read the store. */
  List<ServiceSpec> services();
}
