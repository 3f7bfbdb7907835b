package dev.temps.agent.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerState;
import dev.temps.agent.runtime.testing.FakeRuntime;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.HealthCheck;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.kit.testing.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthCheckerTest {
  private final FakeTime time = new FakeTime();
  private final AtomicInteger changes = new AtomicInteger();
  private Optional<String> answer = Optional.empty();
  private final HealthChecker checker =
      new HealthChecker(
          (address, port, path, timeout) -> answer,
          new CommandProbe(new FakeRuntime(time), time),
          time,
          Runnable::run,
          changes::incrementAndGet);

  private void running(WorkloadSpec spec, Instant since) {
    ContainerInfo c = WorkloadPlannerTest.container(spec, ContainerState.running);
    ContainerInfo started =
        new ContainerInfo(
            c.id(),
            c.name(),
            c.imageId(),
            c.state(),
            0,
            false,
            "",
            since,
            Instant.EPOCH,
            false,
            c.labels());
    checker.watch(List.of(new Sight(spec.id(), spec, started, true, Memory.fresh(0))));
  }

  private Health health() {
    return checker.result("c-1").health();
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      time.advance(Duration.ofSeconds(1));
      checker.step();
    }
  }

  @Test
  void aGoodAnswerIsHealthyAndThreeBadOnesInARowAreNot() {
    running(Specs.spec(1), time.now());
    checker.step();
    assertEquals(Health.healthy, health());
    answer = Optional.of("refused");
    pass(2);
    assertEquals(Health.healthy, health());
    pass(1);
    assertEquals(new HealthResult(Health.unhealthy, "refused"), checker.result("c-1"));
    answer = Optional.empty();
    pass(1);
    assertEquals(new HealthResult(Health.healthy, null), checker.result("c-1"));
    assertEquals(3, changes.get());
  }

  @Test
  void aSlowStarterHasAMinuteBeforeItIsUnhealthy() {
    answer = Optional.of("refused");
    running(Specs.spec(1), time.now());
    pass(20);
    assertEquals(new HealthResult(Health.unknown, "refused"), checker.result("c-1"));
    pass(50);
    assertEquals(Health.unhealthy, health());
  }

  @Test
  void aStarterIsAskedMoreOftenThanItsInterval() {
    answer = Optional.of("refused");
    running(Specs.spec(1), time.now());
    Duration before = time.elapsed();
    checker.step();
    assertTrue(time.elapsed().minus(before).compareTo(Duration.ofSeconds(1)) <= 0);
    assertEquals(1, changes.get(), "five answers, one news");
  }

  @Test
  void withoutAPortStayingUpForFiveSecondsIsHealthy() {
    running(Specs.withPort(1, 0, null), time.now());
    checker.step();
    assertEquals(Health.unknown, health());
    pass(6);
    assertEquals(Health.healthy, health());
  }

  @Test
  void whoNeedsNoProofButStayingUpIsHealthyAfterFiveSecondsWhateverItsPortSays() {
    answer = Optional.of("refused");
    running(Specs.withPort(1, 8080, HealthCheck.byStayingUp()), time.now());
    checker.step();
    assertEquals(Health.unknown, health());
    pass(6);
    assertEquals(Health.healthy, health());
  }

  @Test
  void aHealthCommandThatCanNotRunIsTroubleInWords() {
    running(Specs.withPort(1, 8080, HealthCheck.byCommand(java.util.List.of("ready"))), time.now());
    checker.step();
    String why = String.valueOf(checker.result("c-1").reason());
    assertTrue(why.startsWith("the health command could not run"), why);
  }

  @Test
  void oneThatRanBeforeThisProcessNeedsNoFiveSeconds() {
    running(Specs.withPort(1, 0, null), time.now().minusSeconds(3600));
    checker.step();
    assertEquals(Health.healthy, health());
  }

  @Test
  void aNewStartBeginsUnknown() {
    running(Specs.spec(1), time.now());
    checker.step();
    time.advance(Duration.ofSeconds(1));
    running(Specs.spec(1), time.now());
    assertEquals(Health.unknown, health());
  }

  @Test
  void whatNoLongerRunsIsForgotten() {
    running(Specs.spec(1), time.now());
    checker.step();
    checker.watch(List.of());
    assertEquals(HealthResult.UNKNOWN, checker.result("c-1"));
  }
}
