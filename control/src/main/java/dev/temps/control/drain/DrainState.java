package dev.temps.control.drain;

import dev.temps.control.node.Availability;
import dev.temps.control.operation.Operation;
import java.util.List;

/**
 * A drain at one moment.
 *
 * @param wish the node's availability now
 * @param left names of replicas still on the node
 * @param blockers why some can't move, one sentence each
 */
record DrainState(
    Operation operation,
    Availability wish,
    List<String> left,
    List<String> blockers,
    long nowMillis) {
  DrainState {
    left = List.copyOf(left);
    blockers = List.copyOf(blockers);
  }
}
