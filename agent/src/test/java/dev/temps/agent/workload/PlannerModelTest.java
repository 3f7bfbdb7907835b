package dev.temps.agent.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerState;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.WorkloadSpec;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From any state, with an engine that does what it is told, plans lead to what is wanted. */
class PlannerModelTest {
  private static final int RUNS = 3_000;
  private static final int STEPS_MAX = 8;
  private static final Duration NOW = Duration.ofHours(1);

  private final Random random = new Random(7);

  /** One workload and its engine. */
  private record Model(
      @Nullable WorkloadSpec spec, @Nullable ContainerInfo container, boolean image) {
    Sight sight() {
      return new Sight("c-1", spec, container, image, Memory.fresh(0));
    }

    Model after(Action action) {
      ContainerInfo c = container;
      return switch (action) {
        case Action.Pull pull -> new Model(spec, c, true);
        case Action.Create create -> {
          assertTrue(c == null && image, "created without image or over another");
          yield new Model(
              spec, WorkloadPlannerTest.container(create.spec(), ContainerState.created), image);
        }
        case Action.Start start -> new Model(spec, in(c, ContainerState.running), image);
        case Action.Stop stop -> new Model(spec, in(c, ContainerState.exited), image);
        case Action.Remove remove -> {
          assertTrue(c != null && !c.state().alive(), "removed while alive");
          yield new Model(spec, null, image);
        }
        case Action.Nothing nothing -> this;
      };
    }

    private static ContainerInfo in(@Nullable ContainerInfo c, ContainerState state) {
      assertTrue(c != null, "nothing to work on");
      return new ContainerInfo(
          c.id(),
          c.name(),
          c.imageId(),
          state,
          0,
          false,
          "",
          c.startedAt(),
          c.finishedAt(),
          false,
          c.labels());
    }
  }

  @Test
  void plansEndWhereTheyShouldAndStayThere() {
    for (int run = 0; run < RUNS; run++) {
      Model model = start();
      String from = String.valueOf(model);
      Action action = plan(model);
      for (int i = 0; i < STEPS_MAX && action.step() != null; i++) {
        assertEquals(action, plan(model), "planning twice gives the same");
        model = model.after(action);
        action = plan(model);
      }
      assertTrue(isRight(model), from + " ended as " + model);
      assertEquals(action, plan(model.after(action)), "nothing changes nothing");
    }
  }

  private static Action plan(Model model) {
    return WorkloadPlanner.plan(model.sight(), NOW, null);
  }

  private Model start() {
    WorkloadSpec spec =
        switch (random.nextInt(3)) {
          case 0 -> Specs.generation(1, random.nextInt(3));
          case 1 -> Specs.stopped(1);
          default -> null;
        };
    return new Model(spec, someContainer(), random.nextBoolean());
  }

  private @Nullable ContainerInfo someContainer() {
    ContainerState[] states = {
      ContainerState.created, ContainerState.running, ContainerState.exited, ContainerState.dead
    };
    int pick = random.nextInt(states.length + 1);
    if (pick == states.length) {
      return null;
    }
    WorkloadSpec made = Specs.generation(1, random.nextInt(3));
    String hash = random.nextBoolean() ? SpecHash.of(made) : "other";
    return WorkloadPlannerTest.container(made, hash, states[pick]);
  }

  private static boolean isRight(Model model) {
    WorkloadSpec spec = model.spec();
    ContainerInfo c = model.container();
    if (spec == null) {
      return c == null;
    }
    if (spec.desired() == Desired.stopped) {
      return c == null || !c.state().alive();
    }
    return c != null
        && c.state() == ContainerState.running
        && c.label("temps.spec").equals(SpecHash.of(spec))
        && WorkloadPlanner.generation(c) >= spec.restartGeneration();
  }
}
