package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.Labels;
import dev.temps.kit.Loop;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Runs a {@link WorkloadPart}: a look every five seconds and at once when something happened, the
 * engine's events, and the health checks. Closing ends the loops, not the containers.
 */
public final class WorkloadLoops implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final Duration HEALTH_EVERY = Duration.ofSeconds(1);
  private static final Duration EVENTS_FOR = Duration.ofMinutes(10);
  private static final Duration EVENTS_PAUSE = Duration.ofMillis(100);

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
              part.step();
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
              runtime.events(Labels.WORKLOAD, EVENTS_FOR, part::happened);
            },
            random);
    Loop health = Loop.start("health", HEALTH_EVERY, part::checkHealth, random);
    part.onHealthDue(health::wake);
    return new WorkloadLoops(looks, events, health);
  }

  @Override
  public void close() {
    events.close();
    health.close();
    looks.close();
  }
}
