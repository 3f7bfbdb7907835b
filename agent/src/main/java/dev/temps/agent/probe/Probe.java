package dev.temps.agent.probe;

import dev.temps.contract.agent.MeshSelf;
import java.time.Duration;
import java.util.OptionalLong;

/** A stand-in for a container, to see what containers can reach. Thread-safe. */
public interface Probe {
  /**
   * Makes the probe exist at this node's probe address. Cheap when it does.
   *
   * @throws dev.temps.kit.ProblemException when it can't, e.g. because the bridge isn't there
   */
  void ensure(MeshSelf self);

  /**
   * Sends one ping from the probe and waits at most {@code limit}.
   *
   * @return round trip in microseconds; empty when there was no answer
   */
  OptionalLong ping(String address, Duration limit);
}
