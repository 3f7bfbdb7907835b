package dev.temps.control.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Report;
import dev.temps.contract.json.Json;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.testing.FakeTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpTest {
  @Test
  void aProblemIsOneDocumentWithItsFurtherMembers() {
    Problem problem =
        new Problem("token-used", 409, "Used.", "by \"x\"", "New one.", Map.of("used_by", "a\"b"));
    assertEquals(
        "{\"type\":\"/problems/token-used\",\"title\":\"Used.\",\"status\":409,"
            + "\"detail\":\"by \\\"x\\\"\",\"next\":\"New one.\",\"used_by\":\"a\\\"b\"}",
        Problems.json(problem));
  }

  @Test
  void namesTheFirstMissingMemberAlsoInsideOthers() {
    Report report =
        Json.read(
            Report.class,
            """
            {"session":"s","sequence":1,"epoch":1,"meshProven":true,"usage":{},"clockMillis":1,
             "applied":{},"workloads":[{"id":"c-1"}]}
            """);
    ProblemException missing = assertThrows(ProblemException.class, () -> Required.checked(report));
    assertEquals("\"workloads[].state\" is missing or null.", missing.problem().detail());
    assertEquals(400, missing.problem().status());
  }

  @Test
  void thoseWhoGuessHaveToWait() {
    FakeTime time = new FakeTime();
    RefusalLimiter limiter = new RefusalLimiter(time);
    ProblemException refusal = Problem.of("token-unknown", 401, "", "", "").raise();
    for (int i = 0; i < 20; i++) {
      assertThrows(
          ProblemException.class,
          () ->
              limiter.guard(
                  "a",
                  () -> {
                    throw refusal;
                  }));
    }
    ProblemException wait = assertThrows(ProblemException.class, () -> limiter.guard("a", () -> 1));
    assertEquals(429, wait.problem().status());
    assertEquals(1, limiter.guard("b", () -> 1));
    time.advance(Duration.ofSeconds(61));
    assertEquals(1, limiter.guard("a", () -> 1));
  }

  @Test
  void theJoinLineKeepsTheTokenOutOfArguments() {
    String line =
        PublicPages.joinLine("https://cp:8443", "sha256//x=", new Secret("temps1_t")).reveal();
    assertTrue(line.contains("| TEMPS_JOIN_TOKEN=temps1_t sh -s -- join https://cp:8443"), line);
  }
}
