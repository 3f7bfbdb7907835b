package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerState;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.WorkloadSpec;
import org.jspecify.annotations.Nullable;

/** Turns what is known of a workload into what is reported. Pure. */
final class Observing {
  private Observing() {}

  /**
   * The report on one workload.
   *
   * @param doing work under way, null for none
   * @param blocked why containers may not start yet
   */
  static ObservedWorkload of(
      Sight sight, @Nullable Step doing, HealthResult health, @Nullable String blocked) {
    ContainerInfo container = sight.container();
    ObservedState state = state(sight, doing);
    boolean up = state == ObservedState.running;
    return new ObservedWorkload(
        sight.id(),
        state,
        up ? health.health() : Health.unknown,
        reason(sight, state, health, blocked),
        exitCode(state, container),
        sight.memory().restarts(),
        generation(sight, state),
        container == null ? null : container.id(),
        container == null ? 0 : container.startedAt().toEpochMilli());
  }

  /**
   * Which wish what is seen is about. What must not run has carried out its wish by not running,
   * whatever its container is from.
   */
  private static long generation(Sight sight, ObservedState state) {
    WorkloadSpec spec = sight.spec();
    if (spec != null && state == ObservedState.stopped) {
      return spec.restartGeneration();
    }
    if (state == ObservedState.failed) {
      return sight.memory().generation(); // a try to do as wished, also without a container
    }
    ContainerInfo container = sight.container();
    return container == null ? 0 : WorkloadPlanner.generation(container);
  }

  private static ObservedState state(Sight sight, @Nullable Step doing) {
    ContainerInfo container = sight.container();
    if (container != null && container.state().alive()) {
      return ObservedState.running;
    }
    if (!sight.meantToRun()) {
      // A start under way may still succeed: only then it is stopped.
      return doing == Step.start ? ObservedState.starting : ObservedState.stopped;
    }
    if (sight.memory().failed() != null) {
      return ObservedState.failed;
    }
    if (container != null && container.state() == ContainerState.exited) {
      return ObservedState.exited;
    }
    if (doing == null) {
      return container == null ? ObservedState.waiting : ObservedState.starting;
    }
    return doing == Step.pull ? ObservedState.pulling : ObservedState.starting;
  }

  private static @Nullable String reason(
      Sight sight, ObservedState state, HealthResult health, @Nullable String blocked) {
    ContainerInfo container = sight.container();
    return switch (state) {
      case running -> running(sight, health);
      case failed -> sight.memory().reason();
      case exited ->
          blocked != null || container == null ? blocked : Reasons.ended(container, sight.spec());
      case waiting, starting -> blocked;
      case pulling -> null;
      case stopped -> sight.spec() == null ? "not assigned to this node any more" : null;
    };
  }

  private static @Nullable String running(Sight sight, HealthResult health) {
    if (sight.memory().failed() != null) {
      return sight.memory().reason();
    }
    if (sight.spec() == null) {
      return "not assigned to this node any more; being stopped";
    }
    return sight.meantToRun() ? health.reason() : "being stopped";
  }

  private static @Nullable Integer exitCode(
      ObservedState state, @Nullable ContainerInfo container) {
    boolean ended = container != null && container.state() == ContainerState.exited;
    return container != null && ended && state != ObservedState.running
        ? container.exitCode()
        : null;
  }
}
