package dev.temps.agent.workload;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerState;
import dev.temps.contract.agent.HealthCheck;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Checks the health of workloads that run. {@link #step} starts what is due; each check runs in the
 * executor. Until a workload was healthy for the first time it is asked more often, so that a
 * rollout needn't wait for the interval. Thread-safe; calls {@code changed} without a lock.
 */
final class HealthChecker {
  private static final Duration ASK_AGAIN = Duration.ofMillis(200);
  private static final Duration SETTLE_PAUSE = Duration.ofMillis(20);
  private static final int ASKS_WHILE_STARTING = 5; // × 200 ms: one check takes about a second

  private final HealthProbe probe;
  private final CommandProbe commands;
  private final Time time;
  private final Executor workers;
  private final Runnable changed;
  private final Map<String, HealthRecord> records = new HashMap<>();
  private final Set<String> asking = new HashSet<>();
  private volatile Runnable due = () -> {};

  HealthChecker(
      HealthProbe probe, CommandProbe commands, Time time, Executor workers, Runnable changed) {
    this.probe = probe;
    this.commands = commands;
    this.time = time;
    this.workers = workers;
    this.changed = changed;
  }

  /** Called when a step is worth running now. */
  void onDue(Runnable listener) {
    due = listener;
  }

  /** From now on exactly those that run of these are checked. */
  void watch(List<Sight> sights) {
    boolean fresh = false;
    synchronized (this) {
      Set<String> seen = new HashSet<>();
      for (Sight sight : sights) {
        ContainerInfo container = sight.container();
        WorkloadSpec spec = sight.spec();
        if (spec != null && container != null && container.state() == ContainerState.running) {
          seen.add(sight.id());
          HealthRecord known = records.get(sight.id());
          if (known == null || !known.isOf(container)) {
            records.put(sight.id(), HealthRecord.fresh(spec, container, time.elapsed()));
            fresh = true;
          }
        }
      }
      records.keySet().retainAll(seen);
    }
    if (fresh) {
      due.run();
    }
  }

  /** What is known of a workload's health. */
  synchronized HealthResult result(String id) {
    HealthRecord known = records.get(id);
    return known == null ? HealthResult.UNKNOWN : known.result();
  }

  /** Starts every check that is due. */
  void step() {
    Duration now = time.elapsed();
    List<HealthRecord> ready = new ArrayList<>();
    synchronized (this) {
      for (HealthRecord known : records.values()) {
        if (known.nextAt().compareTo(now) <= 0 && asking.add(known.spec().id())) {
          ready.add(known);
        }
      }
    }
    ready.forEach(r -> workers.execute(() -> check(r)));
  }

  /** Checks everything once and waits for the answers, at most so long. */
  void settle(Duration most) {
    Duration end = time.elapsed().plus(most);
    try {
      step();
      while (!allAnswered() && time.elapsed().compareTo(end) < 0) {
        time.pause(SETTLE_PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean allAnswered() {
    return records.values().stream().allMatch(HealthRecord::answered);
  }

  private void check(HealthRecord first) {
    String id = first.spec().id();
    try {
      for (int i = 0; i < ASKS_WHILE_STARTING; i++) {
        if (!again(id, first, ask(first)) || first.everHealthy()) {
          return;
        }
        time.pause(ASK_AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        asking.remove(id);
      }
    }
  }

  private Optional<String> ask(HealthRecord about) {
    WorkloadSpec spec = about.spec();
    HealthCheck check = about.check();
    List<String> command = check.command();
    if (command != null) {
      return commands.trouble(spec.id(), command, Duration.ofMillis(check.timeoutMillis()));
    }
    if (spec.port() == 0 || Boolean.TRUE.equals(check.stable())) {
      return about.stableTrouble(time);
    }
    return probe.trouble(
        spec.address(), spec.port(), check.httpPath(), Duration.ofMillis(check.timeoutMillis()));
  }

  /** Notes an answer; whether the same start of the container should be asked again soon. */
  private boolean again(String id, HealthRecord asked, Optional<String> trouble) {
    boolean news;
    synchronized (this) {
      HealthRecord known = records.get(id);
      if (known == null || !known.sameStart(asked)) {
        return false; // it ended or was started again meanwhile
      }
      HealthRecord next = known.answered(trouble, time);
      records.put(id, next);
      news = !next.result().equals(known.result());
    }
    if (news) {
      changed.run();
    }
    return trouble.isPresent();
  }
}
