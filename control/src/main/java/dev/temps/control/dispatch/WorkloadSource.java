package dev.temps.control.dispatch;

import dev.temps.contract.agent.RemovedVolume;
import dev.temps.contract.agent.WorkloadSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the containers of a node come from; implemented by the room that places them. */
@FunctionalInterface
public interface WorkloadSource {
  /**
   * Everything that node must make true now, in any order. Asked after {@link Changes} told of a
   * change, from many threads; may read the store.
   */
  List<WorkloadSpec> forNode(String nodeId);

  /**
   * Equal marks, equal containers: a cheap look before {@link #forNode}, because every change of
   * anything has all nodes look. Null: no such look, all is always read.
   */
  default @Nullable Object mark(String nodeId) {
    return null;
  }

  /** Volumes whose data that node must set aside, by id. */
  default List<RemovedVolume> removedFrom(String nodeId) {
    return List.of();
  }
}
