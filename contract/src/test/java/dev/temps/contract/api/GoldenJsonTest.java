package dev.temps.contract.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.HealthCheck;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.json.Json;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The exact text of what goes over the wires: what changes here breaks older peers. */
class GoldenJsonTest {
  private static <T> void bothWays(Class<T> type, T value, String json) {
    assertEquals(json, Json.write(value));
    assertEquals(value, Json.read(type, json));
  }

  @Test
  void aDeployRequestLeavesOutWhatIsNotSaid() {
    bothWays(
        DeployRequest.class,
        new DeployRequest(
            "web",
            null,
            "nginx:1.27",
            2,
            null,
            Map.of("region", "eu"),
            null,
            null,
            List.of("serve", "-v"),
            250L,
            null,
            8080,
            "/health",
            null,
            null,
            null,
            null,
            null),
        """
        {"project":"web","image":"nginx:1.27","replicas":2,"require":{"region":"eu"},\
        "command":["serve","-v"],"cpuMillis":250,"port":8080,"healthPath":"/health"}\
        """);
  }

  @Test
  void aRunSaysOnlyWhatItWantsOtherThanTheApp() {
    bothWays(
        RunRequest.class,
        new RunRequest(List.of("migrate", "-v"), false, 0, 0, null, 64L << 20, 600),
        """
        {"command":["migrate","-v"],"terminal":false,"columns":0,"rows":0,\
        "memoryBytes":67108864,"timeoutSeconds":600}\
        """);
  }

  @Test
  void anAppsStateTravelsWhole() {
    bothWays(
        AppView.class,
        new AppView(
            "web",
            "web",
            "production",
            "nginx",
            2,
            1,
            "degraded",
            "web-2 is unhealthy",
            8080,
            List.of("http://web.temps.test"),
            "web.web.temps.internal",
            "10.223.0.1",
            null,
            null),
        """
        {"name":"web","project":"web","environment":"production","image":"nginx","replicas":2,\
        "healthy":1,"state":"degraded","reason":"web-2 is unhealthy","port":8080,\
        "urls":["http://web.temps.test"],"internalName":"web.web.temps.internal",\
        "address":"10.223.0.1"}\
        """);
  }

  @Test
  void aWorkloadTravelsWholeAndHidesItsVariablesOnlyInText() {
    WorkloadSpec spec =
        new WorkloadSpec(
            "c-1",
            "web",
            "nginx@sha256:00",
            null,
            null,
            List.of("KEY=hidden"),
            null,
            "10.208.17.10",
            "02:42:0a:d0:11:0a",
            8080,
            0,
            0,
            HealthCheck.standard("/"),
            Desired.running,
            0,
            10_000,
            Map.of("temps.app", "web"),
            null,
            null);
    bothWays(
        WorkloadSpec.class,
        spec,
        """
        {"id":"c-1","app":"web","image":"nginx@sha256:00","env":["KEY=hidden"],\
        "address":"10.208.17.10","mac":"02:42:0a:d0:11:0a","port":8080,"cpuMillis":0,\
        "memoryBytes":0,"health":{"httpPath":"/","intervalMillis":1000,"timeoutMillis":2000,\
        "failuresMax":3},"desired":"running","restartGeneration":0,"stopGraceMillis":10000,\
        "labels":{"temps.app":"web"}}\
        """);
    assertFalse(spec.toString().contains("hidden"));
  }

  @Test
  void aRouteTravelsWhole() {
    bothWays(
        RouteSpec.class,
        new RouteSpec(
            "web",
            List.of("web.temps.test"),
            List.of(new RouteSpec.Backend("c-1", "10.208.17.10", 8080, "n-1")),
            null),
        """
        {"app":"web","hosts":["web.temps.test"],"backends":[{"id":"c-1",\
        "address":"10.208.17.10","port":8080,"nodeId":"n-1"}]}\
        """);
  }

  @Test
  void execMessagesCarryOneMember() {
    bothWays(ExecMessage.class, ExecMessage.exit(3), "{\"exit\":3}");
    bothWays(
        ExecMessage.class, ExecMessage.resize(80, 24), "{\"resize\":{\"columns\":80,\"rows\":24}}");
    bothWays(ExecMessage.class, ExecMessage.endOfInput(), "{\"stdinClosed\":true}");
  }

  @Test
  void aProblemTravelsWhole() {
    bothWays(
        ProblemView.class,
        new ProblemView("/problems/no-such-app", "There is no such app.", 404, "app \"x\"", ""),
        """
        {"type":"/problems/no-such-app","title":"There is no such app.","status":404,\
        "detail":"app \\"x\\"","next":""}\
        """);
  }

  @Test
  void anUnknownMemberIsRefusedByNameFromAUserAndIgnoredFromAPeer() {
    String json = "{\"replicas\":2,\"colour\":\"red\"}";
    ProblemException refused =
        assertThrows(ProblemException.class, () -> Json.readStrict(ScaleRequest.class, json));
    assertEquals(400, refused.problem().status());
    assertTrue(refused.problem().detail().contains("colour"), refused.problem().detail());
    assertEquals(new ScaleRequest(2), Json.read(ScaleRequest.class, json));
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    for (String replicas : List.of("NaN", "\"two\"", "2.5", "99999999999999999999")) {
      ProblemException refused =
          assertThrows(
              ProblemException.class,
              () -> Json.readStrict(ScaleRequest.class, "{\"replicas\":" + replicas + "}"),
              replicas);
      assertEquals(400, refused.problem().status());
    }
  }
}
