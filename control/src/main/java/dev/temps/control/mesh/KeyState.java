package dev.temps.control.mesh;

import dev.temps.contract.agent.MeshKeys;
import dev.temps.control.operation.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key rotation at one moment.
 *
 * @param living whether the node is still in the cluster
 * @param ready whether its agent is heard and its mesh works
 * @param stored the key the control plane has of it
 * @param row what is written of the rotation; null before it has begun
 * @param said the keys its agent told in its present session; null for nothing
 * @param other name of a node whose rotation is going on, null for none
 * @param ignorant names of ready nodes that don't know the next key yet
 * @param behind names of ready nodes that don't reach it with the next key yet
 */
record KeyState(
    Operation operation,
    boolean living,
    boolean ready,
    String stored,
    @Nullable KeyRow row,
    @Nullable MeshKeys said,
    @Nullable String other,
    List<String> ignorant,
    List<String> behind,
    long nowMillis) {
  KeyState {
    ignorant = List.copyOf(ignorant);
    behind = List.copyOf(behind);
  }
}
