package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerState;
import dev.temps.agent.runtime.ContainerSummary;
import dev.temps.agent.runtime.Labels;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.RemovedVolume;
import dev.temps.contract.agent.VolumeMount;
import dev.temps.contract.agent.WorkloadSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of all workloads: the assignment, the containers as seen last, what
 * happened, who works on what. Every method is short and does no I/O. Thread-safe.
 */
final class Table {
  /** States that only we or an event change: no need to look again. */
  private static final Set<ContainerState> SETTLED =
      Set.of(ContainerState.created, ContainerState.running, ContainerState.exited);

  /** Work under way on a workload. */
  private static final class Busy {
    private final Thread thread;
    private @Nullable Step step;

    private Busy(Thread thread) {
      this.thread = thread;
    }
  }

  private final Patience patience;
  private final Map<String, WorkloadSpec> specs = new HashMap<>();
  private final Map<String, ContainerInfo> containers = new HashMap<>();
  private final Map<String, Memory> memories = new HashMap<>();
  private final Map<String, Busy> busy = new HashMap<>();
  private final Set<String> doubted = new HashSet<>();
  private List<RemovedVolume> removed = List.of();
  private long revision = -1;

  Table(Patience patience) {
    this.patience = patience;
  }

  /** Takes the assignment; a pull nobody wants any more is interrupted. */
  synchronized void assign(Assignment.Workloads section) {
    revision = section.revision();
    removed = section.removed() == null ? List.of() : section.removed();
    specs.clear();
    section.items().forEach(s -> specs.put(s.id(), s));
    busy.forEach((id, work) -> {
      if (work.step == Step.pull && !wanted(id)) {
        work.thread.interrupt();
      }
    });
  }

  private boolean wanted(String id) {
    WorkloadSpec spec = specs.get(id);
    return spec != null && spec.desired() == Desired.running;
  }

  /** Volumes whose data is to be set aside. */
  synchronized List<RemovedVolume> removed() {
    return removed;
  }

  /** Another container that runs on one of these volumes. */
  synchronized Optional<String> writer(String id, List<VolumeMount> mounts) {
    List<String> wanted = mounts.stream().map(VolumeMount::id).toList();
    return containers.entrySet().stream()
        .filter(other -> !other.getKey().equals(id) && other.getValue().state().alive())
        .filter(other -> VolumeName.of(other.getValue()).stream().anyMatch(wanted::contains))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Revision assigned last, −1 before the first. */
  synchronized long revision() {
    return revision;
  }

  /** Everything assigned or seen, in the order of ids. */
  synchronized List<String> ids() {
    Set<String> all = new TreeSet<>(specs.keySet());
    all.addAll(containers.keySet());
    return new ArrayList<>(all);
  }

  /** Forgets containers that are gone; says which of the listed ones must be looked at anew. */
  synchronized List<String> stale(List<ContainerSummary> rows) {
    Map<String, ContainerSummary> now = new HashMap<>();
    rows.forEach(r -> now.put(r.name(), r));
    containers.keySet().removeIf(id -> !now.containsKey(id) && !busy.containsKey(id));
    doubted.retainAll(now.keySet());
    memories.keySet().removeIf(id -> !specs.containsKey(id) && !now.containsKey(id));
    return rows.stream().filter(this::isNews).map(ContainerSummary::name).toList();
  }

  private boolean isNews(ContainerSummary row) {
    ContainerInfo known = containers.get(row.name());
    return known == null
        || doubted.contains(row.name())
        || !known.id().equals(row.id())
        || known.state() != row.state()
        || !SETTLED.contains(row.state());
  }

  /** Something happened to it: what is known of its container may be old. */
  synchronized void doubt(String id) {
    doubted.add(id);
  }

  /** Takes what was seen of a container; one that doesn't carry our label is nobody's. */
  synchronized void seen(String id, @Nullable ContainerInfo container, Duration now) {
    doubted.remove(id);
    if (container == null || !container.label(Labels.WORKLOAD).equals(id)) {
      containers.remove(id);
      return;
    }
    containers.put(id, container);
    memories.put(id, memory(id).sees(container, wanted(id), now, patience));
  }

  private Memory memory(String id) {
    WorkloadSpec spec = specs.get(id);
    Memory known = memories.get(id);
    long generation = spec == null ? 0 : spec.restartGeneration();
    return known == null ? Memory.fresh(generation) : spec == null ? known : known.of(generation);
  }

  /** What is known now; {@code imageHere} as given. */
  synchronized Sight sight(String id, boolean imageHere) {
    return new Sight(id, specs.get(id), containers.get(id), imageHere, memory(id));
  }

  /** Takes a workload to work on; false when somebody has it. */
  synchronized boolean take(String id, Thread worker) {
    return busy.putIfAbsent(id, new Busy(worker)) == null;
  }

  synchronized boolean isBusy(String id) {
    return busy.containsKey(id);
  }

  synchronized void release(String id) {
    busy.remove(id);
  }

  synchronized @Nullable Step doing(String id) {
    Busy work = busy.get(id);
    return work == null ? null : work.step;
  }

  /** Says what is being done; a pull that nobody wants is not begun. */
  synchronized boolean begin(String id, Step step) {
    Objects.requireNonNull(busy.get(id)).step = step;
    return step != Step.pull || wanted(id);
  }

  /** Nothing is done about it right now. */
  synchronized void idle(String id) {
    Objects.requireNonNull(busy.get(id)).step = null;
  }

  synchronized void done(String id, Action action) {
    memories.put(id, memory(id).done(action));
    Objects.requireNonNull(busy.get(id)).step = null;
  }

  synchronized void failed(String id, Step step, String reason, Duration now) {
    memories.put(id, memory(id).failed(step, reason, now, patience));
    Objects.requireNonNull(busy.get(id)).step = null;
  }
}
