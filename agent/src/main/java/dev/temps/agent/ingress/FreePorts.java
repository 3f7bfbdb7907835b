package dev.temps.agent.ingress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Pools without the ports another program of this machine has: HAProxy would not start with them,
 * and nobody would be served. Pure but for the question who has a port.
 *
 * @param problem who has which port, in words; empty: nobody
 */
record FreePorts(List<Pool> pools, String problem) {
  FreePorts {
    pools = List.copyOf(pools);
  }

  /**
   * Those that can be served.
   *
   * @param ours names of pools HAProxy serves already: their ports are its own
   * @param owner who listens on a port
   */
  static FreePorts of(List<Pool> all, Set<String> ours, IntFunction<Optional<String>> owner) {
    List<Pool> served = new ArrayList<>();
    List<String> taken = new ArrayList<>();
    for (Pool pool : all) {
      Optional<String> who =
          pool.port() == 0 || ours.contains(pool.app())
              ? Optional.empty()
              : owner.apply(pool.port());
      if (who.isPresent()) {
        taken.add("port " + pool.port() + " is taken by " + who.get());
      } else {
        served.add(pool);
      }
    }
    String problem =
        taken.isEmpty()
            ? ""
            : "Exposed ports are not served here: "
                + String.join(", ", taken)
                + ". Stop that program, or expose another port.";
    return new FreePorts(served, problem);
  }
}
