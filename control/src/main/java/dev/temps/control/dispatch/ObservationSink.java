package dev.temps.control.dispatch;

import dev.temps.contract.agent.ObservedWorkload;
import java.util.List;
import java.util.Set;

/** Where observed workloads are written; implemented by the room that owns their table. */
@FunctionalInterface
public interface ObservationSink {
  /**
   * Writes what a node's agent observed. Called only when something differs from its last report
   * (after the control plane's own start: once with everything), so the same content may come
   * twice.
   *
   * @param changed workloads that are new or differ
   * @param gone ids it reported before and no longer has
   * @return ids among {@code changed} that are not placed on that node; nothing of them is written
   */
  Set<String> observed(String nodeId, List<ObservedWorkload> changed, Set<String> gone);
}
