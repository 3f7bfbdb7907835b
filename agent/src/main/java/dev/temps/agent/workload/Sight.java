package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.WorkloadSpec;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one workload at one moment.
 *
 * @param spec what it should be; null: it is not assigned to this node
 * @param container its container; null: there is none
 * @param imageHere whether its image is on this machine; counts only without a container
 * @param memory what happened to it so far
 */
record Sight(
    String id,
    @Nullable WorkloadSpec spec,
    @Nullable ContainerInfo container,
    boolean imageHere,
    Memory memory) {

  boolean meantToRun() {
    return spec != null && spec.desired() == Desired.running;
  }
}
