package dev.temps.agent.name;

import dev.temps.contract.agent.ServiceSpec;
import java.util.List;

/**
 * Who serves a service as seen from this node. Addresses in the order of members.
 *
 * @param healthy all that are well
 * @param near those of them that new connections from here go to
 * @param kept those whose open connections go on
 */
record Serving(ServiceSpec service, List<String> healthy, List<String> near, List<String> kept) {
  Serving {
    healthy = List.copyOf(healthy);
    near = List.copyOf(near);
    kept = List.copyOf(kept);
  }
}
