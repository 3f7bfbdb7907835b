package dev.temps.contract.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.json.Json;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The agent's wires as golden JSON: a change here is a change of the contract's version. */
class WiresTest {
  private static final String SPEC =
      """
      {"id":"c-1","app":"web","image":"registry.example/web@sha256:abc","env":["PORT=8080"],\
      "address":"10.208.17.10","mac":"02:42:0a:d0:11:0a","port":8080,"cpuMillis":500,\
      "memoryBytes":268435456,"health":{"httpPath":"/healthz","intervalMillis":1000,\
      "timeoutMillis":2000,"failuresMax":3},"desired":"running","restartGeneration":2,\
      "stopGraceMillis":10000,"labels":{"temps.app":"web"}}\
      """;

  private static WorkloadSpec spec() {
    return new WorkloadSpec(
        "c-1",
        "web",
        "registry.example/web@sha256:abc",
        null,
        null,
        List.of("PORT=8080"),
        null,
        "10.208.17.10",
        "02:42:0a:d0:11:0a",
        8080,
        500,
        268435456,
        HealthCheck.standard("/healthz"),
        Desired.running,
        2,
        10_000,
        Map.of("temps.app", "web"),
        null,
        null);
  }

  @Test
  void aWorkloadIsWrittenAsAgreed() {
    assertEquals(SPEC, Json.write(spec()));
  }

  @Test
  void aWorkloadIsReadBackAsItWas() {
    assertEquals(spec(), Json.read(WorkloadSpec.class, SPEC));
  }

  @Test
  void fieldsOfANewerVersionAreIgnoredOnThisWire() {
    String newer = SPEC.replace("{\"id\"", "{\"gpu\":{\"count\":[1]},\"id\"");
    assertEquals(spec(), Json.read(WorkloadSpec.class, newer));
  }

  @Test
  void aWorkloadNeverPrintsItsVariables() {
    assertFalse(spec().toString().contains("PORT"));
  }

  @Test
  void anUnchangedSectionDoesNotTravel() {
    Assignment quiet =
        new Assignment("k", 1, List.of("https://a:8443"), null, null, null, null, null);
    assertEquals(
        "{\"cluster\":\"k\",\"epoch\":1,\"controls\":[\"https://a:8443\"]}", Json.write(quiet));
  }

  @Test
  void whatIsSeenOfAPeerMayComeFromAnOlderAgent() {
    PeerObservation seen =
        new PeerObservation(
            "n-2", 1, 2, 3, 4, false, null, Long.valueOf(8_200), null, null, Long.valueOf(50));
    String text =
        """
        {"nodeId":"n-2","handshakeAgeMillis":1,"receivedBytes":2,"sentBytes":3,\
        "roundTripMicros":4,"reachable":false,"silentMillis":8200,"probedAgoMillis":50}\
        """;
    assertEquals(text, Json.write(seen));
    assertEquals(seen, Json.read(PeerObservation.class, text));
    String older = text.replace(",\"silentMillis\":8200,\"probedAgoMillis\":50", "");
    assertEquals(
        new PeerObservation("n-2", 1, 2, 3, 4, false, null, null, null, null, null),
        Json.read(PeerObservation.class, older));
  }

  @Test
  void whichContainersBelongTogetherIsWrittenAsAgreed() {
    Assignment.Walls walls =
        new Assignment.Walls(
            3,
            "h",
            List.of(new ProjectSpec("p-1", "web", List.of("10.208.17.10"), List.of("p-2"))));
    String text =
        """
        {"revision":3,"hash":"h","items":[{"id":"p-1","name":"web","addresses":["10.208.17.10"],\
        "links":["p-2"]}]}\
        """;
    assertEquals(text, Json.write(walls));
    assertEquals(walls, Json.read(Assignment.Walls.class, text));
  }

  @Test
  void whoIsReachedByWhichNameIsWrittenAsAgreed() {
    ServiceSpec service =
        new ServiceSpec(
            "db",
            "shop",
            "10.223.0.4",
            List.of(new ServiceSpec.Member("i-1", "10.208.17.10", "n-2", null)));
    assertEquals("db.shop.temps.internal", service.host());
    assertEquals("all.db.shop.temps.internal", service.headless());
    Assignment.Names names = new Assignment.Names(3, "h", List.of(service));
    String text =
        """
        {"revision":3,"hash":"h","items":[{"name":"db","project":"shop","address":"10.223.0.4",\
        "members":[{"id":"i-1","address":"10.208.17.10","nodeId":"n-2"}]}]}\
        """;
    assertEquals(text, Json.write(names));
    assertEquals(names, Json.read(Assignment.Names.class, text));
  }

  @Test
  void whichUdpPortsLeadToAReplicaIsWrittenAsAgreed() {
    ServiceSpec.Member member =
        new ServiceSpec.Member(
            "i-1", "10.208.17.10", "n-2", null, List.of(new ServiceSpec.UdpPort(5353, 53)));
    String text =
        """
        {"id":"i-1","address":"10.208.17.10","nodeId":"n-2","udp":[{"port":5353,"target":53}]}\
        """;
    assertEquals(text, Json.write(member));
    assertEquals(member, Json.read(ServiceSpec.Member.class, text));
  }

  @Test
  void whereTheConsoleIsIsWrittenAsAgreed() {
    ConsoleSpec console = new ConsoleSpec("temps.a.test", List.of("10.208.0.1"), 8443, "CA");
    Assignment.Routes routes =
        new Assignment.Routes(1, "h", true, "a.test", List.of(), null, null, null, console);
    String text =
        """
        {"revision":1,"hash":"h","ingress":true,"domain":"a.test","items":[],\
        "console":{"host":"temps.a.test","addresses":["10.208.0.1"],"port":8443,"caBundle":"CA"}}\
        """;
    assertEquals(text, Json.write(routes));
    assertEquals(routes, Json.read(Assignment.Routes.class, text));
  }

  @Test
  void anOlderAgentAppliesNoWalls() {
    String older =
        """
        {"workloads":1,"peers":2,"routes":3,"certificates":4}\
        """;
    assertEquals(new Applied(1, 2, 3, 4, null), Json.read(Applied.class, older));
    assertEquals(older, Json.write(new Applied(1, 2, 3, 4, null)));
  }

  @Test
  void aQuietReportStaysSmall() {
    Report quiet =
        new Report(
            "s",
            7,
            1,
            Applied.NONE,
            true,
            new Usage(1, 2, 3, 4, 0.5),
            9,
            null,
            null,
            null,
            null,
            null,
            null);
    assertTrue(Json.write(quiet).length() < 300);
    assertEquals(quiet, Json.read(Report.class, Json.write(quiet)));
  }

  @Test
  void nonsenseIsRefusedInWords() {
    for (String text : List.of("", "[]", "null", "{\"id\":", "{\"port\":\"x\"}")) {
      ProblemException refused =
          assertThrows(ProblemException.class, () -> Json.read(WorkloadSpec.class, text), text);
      assertEquals(400, refused.problem().status());
      assertTrue(refused.problem().title().contains("WorkloadSpec"));
    }
  }
}
