package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.Labels;
import dev.temps.kit.Loop;
import dev.temps.kit.Time;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Keeps a {@link WorkloadPart} quick: runs a step at once when something happened or a wait is
 * over, listens to the engine's events, and checks health. Steps that nothing asks for are run now
 * and then; run them more often elsewhere if wanted. An engine that is away is no noise here: it is
 * the part's condition. Closing ends the loops, not the containers.
 */
public final class WorkloadLoops implements AutoCloseable {
  private static final Logger LOG = System.getLogger(WorkloadLoops.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
  private static final Duration HEALTH_EVERY = Duration.ofSeconds(1);
  private static final Duration EVENTS_FOR = Duration.ofMinutes(10);
  private static final Duration EVENTS_PAUSE = Duration.ofSeconds(1);

  private final Loop looks;
  private final Loop events;
  private final Loop health;

  private WorkloadLoops(Loop looks, Loop events, Loop health) {
    this.looks = looks;
    this.events = events;
    this.health = health;
  }

  /** Starts everything. */
  public static WorkloadLoops start(
      WorkloadPart part, ContainerRuntime runtime, Time time, RandomGenerator random) {
    Alarm alarm = new Alarm(time, part::wake);
    Loop looks =
        Loop.start(
            "workloads",
            LOOK_EVERY,
            () -> {
              quietly("look at containers", part::step);
              part.nextDue().ifPresent(alarm::at);
            },
            random);
    part.onDue(looks::wake);
    Loop events =
        Loop.start(
            "engine-events",
            EVENTS_PAUSE,
            () -> {
              looks.wake(); // what happened while nobody listened
              quietly(
                  "listen to events",
                  () -> runtime.events(Labels.WORKLOAD, EVENTS_FOR, part::happened));
            },
            random);
    Loop health = Loop.start("health", HEALTH_EVERY, part::checkHealth, random);
    part.onHealthDue(health::wake);
    return new WorkloadLoops(looks, events, health);
  }

  private static void quietly(String what, Runnable work) throws InterruptedException {
    try {
      work.run();
    } catch (EngineException e) {
      if (e.kind() == Kind.interrupted) {
        throw new InterruptedException(e.words());
      }
      LOG.log(Level.DEBUG, "can't " + what + ": " + e.words());
    }
  }

  @Override
  public void close() {
    events.close();
    health.close();
    looks.close();
  }
}
