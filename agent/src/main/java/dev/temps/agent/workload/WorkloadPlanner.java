package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.Labels;
import dev.temps.agent.workload.Action.Create;
import dev.temps.agent.workload.Action.Nothing;
import dev.temps.agent.workload.Action.Pull;
import dev.temps.agent.workload.Action.Remove;
import dev.temps.agent.workload.Action.Start;
import dev.temps.agent.workload.Action.Stop;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.WorkloadSpec;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides the next step of each workload from what is wanted and what is there. Pure. */
final class WorkloadPlanner {
  private static final Duration GRACE_UNKNOWN = Duration.ofSeconds(10);
  private static final Duration ENGINE_BUSY = Duration.ofSeconds(1);

  private WorkloadPlanner() {}

  /**
   * One action per workload, in the order given.
   *
   * @param now on the clock of {@code Time.elapsed}
   * @param blocked why no container may start yet, in words; null when they may
   */
  static List<Action> plan(List<Sight> sights, Duration now, @Nullable String blocked) {
    return sights.stream().map(s -> plan(s, now, blocked)).toList();
  }

  /** The next action of one workload. */
  static Action plan(Sight sight, Duration now, @Nullable String blocked) {
    Action wish = wish(sight, now);
    Step step = wish.step();
    if (step == null) {
      return wish;
    }
    if (blocked != null && (step == Step.create || step == Step.start)) {
      return new Nothing(sight.id(), blocked, null);
    }
    Memory memory = sight.memory();
    if (memory.mustWait(step, now)) {
      return new Nothing(sight.id(), "waits before it tries again", memory.notBefore());
    }
    return wish;
  }

  private static Action wish(Sight sight, Duration now) {
    WorkloadSpec spec = sight.spec();
    ContainerInfo container = sight.container();
    if (spec == null) {
      return container == null
          ? new Nothing(sight.id(), "gone", null)
          : away(sight.id(), container, now);
    }
    if (spec.desired() == Desired.stopped) {
      return container != null && container.state().alive()
          ? new Stop(spec.id(), Duration.ofMillis(spec.stopGraceMillis()))
          : new Nothing(spec.id(), "stopped", null);
    }
    if (container == null) {
      return sight.imageHere() ? new Create(spec) : new Pull(spec);
    }
    return isCurrent(spec, container) ? up(container, now) : away(spec.id(), container, now);
  }

  /** Whether the container was made from this spec and for this restart. */
  private static boolean isCurrent(WorkloadSpec spec, ContainerInfo container) {
    return container.label(Labels.SPEC).equals(SpecHash.of(spec))
        && generation(container) >= spec.restartGeneration();
  }

  /** The restart generation a container carries out, 0 when it doesn't say. */
  static long generation(ContainerInfo container) {
    String text = container.label(Labels.GENERATION);
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private static Action up(ContainerInfo container, Duration now) {
    String id = container.name();
    return switch (container.state()) {
      case created -> new Start(id, false);
      case exited -> new Start(id, true);
      case running -> new Nothing(id, "running", null);
      case paused -> new Nothing(id, "paused by somebody", null);
      case restarting, removing, unknown ->
          new Nothing(id, "the engine is busy with it", now.plus(ENGINE_BUSY));
      case dead -> new Remove(id);
    };
  }

  private static Action away(String id, ContainerInfo container, Duration now) {
    return switch (container.state()) {
      case running, paused, restarting -> new Stop(id, grace(container));
      case created, exited, dead -> new Remove(id);
      case removing, unknown ->
          new Nothing(id, "the engine is busy with it", now.plus(ENGINE_BUSY));
    };
  }

  private static Duration grace(ContainerInfo container) {
    String text = container.label(Labels.GRACE);
    return text.matches("[0-9]{1,9}") ? Duration.ofMillis(Long.parseLong(text)) : GRACE_UNKNOWN;
  }
}
