package dev.temps.agent.runtime.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineInfo;
import dev.temps.agent.runtime.NetworkSpec;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.contract.json.Json;
import dev.temps.kit.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Engines that are not installed here: older, newer, broken, silent. */
class EngineTest {
  private StubEngine stub;
  private Engine engine;
  private DockerRuntime runtime;

  @BeforeEach
  void start() throws IOException {
    stub = new StubEngine();
    engine = new Engine(stub.socket(), Time.system());
    runtime = new DockerRuntime(stub.socket(), Time.system());
  }

  @AfterEach
  void end() throws IOException {
    stub.close();
  }

  private String refused(org.junit.jupiter.api.function.Executable call) {
    EngineException thrown = assertThrows(EngineException.class, call);
    return thrown.kind() + ": " + thrown.words();
  }

  @Test
  void theVersionIsTheNewestBothKnow() {
    stub.version("1.41", "1.12");
    assertEquals("1.41", runtime.engine().apiVersion());
    stub.version("1.49", "1.24");
    assertEquals("1.49", runtime.engine().apiVersion());
    stub.version("1.52", "1.44");
    assertEquals("1.51", runtime.engine().apiVersion());
  }

  @Test
  void anEngineThatIsTooOldOrTooNewIsRefusedInWords() {
    stub.version("1.40", "1.12");
    String old = refused(runtime::engine);
    assertTrue(old.contains("needs Docker 20.10 (API 1.41) or newer"), old);
    stub.version("1.60", "1.55");
    String fresh = refused(runtime::engine);
    assertTrue(fresh.contains("upgrade Temps"), fresh);
    stub.json("GET /version", 200, "{\"Version\":\"x\",\"Arch\":\"y\"}");
    assertTrue(refused(runtime::engine).contains("too old"));
  }

  @Test
  void answersInChunksAreReadAndHalfOnesAreNot() {
    stub.version("1.41", "1.12");
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    stub.raw("GET /v1.41/x", head + "3\r\nabc\r\n10;x=y\r\n0123456789abcdef\r\n0\r\n\r\n");
    assertEquals("abc0123456789abcdef", engine.text(Call.get("/x")));
    stub.raw("GET /v1.41/y", head + "5\r\nab");
    assertTrue(refused(() -> engine.text(Call.get("/y"))).startsWith("unreachable"));
    stub.raw("GET /v1.41/z", head + "zz\r\nab");
    assertTrue(refused(() -> engine.text(Call.get("/z"))).contains("no chunk of HTTP"));
  }

  @Test
  void whatIsNoHttpIsSaidToBeNone() {
    stub.raw("GET /version", "SSH-2.0-OpenSSH_9.2\r\n");
    assertTrue(refused(runtime::engine).contains("no HTTP answer"));
    stub.json("GET /version", 200, "<html>");
    assertTrue(refused(runtime::engine).contains("can't be read"));
    stub.json("GET /version", 502, "<html>\u001b[31m");
    String page = refused(runtime::engine);
    assertFalse(page.contains("\u001b"), page);
  }

  @Test
  void anEngineThatSaysNothingIsSlowNotForever() {
    stub.version("1.41", "1.12");
    Call silent = Call.get("/silent").limit(Duration.ofMillis(300));
    assertTrue(refused(() -> engine.text(silent)).startsWith("slow"));
  }

  @Test
  void anInterruptEndsAWaitAtOnce() throws Exception {
    stub.version("1.41", "1.12");
    List<String> seen = new ArrayList<>();
    Thread waiting =
        Thread.ofVirtual().start(() -> seen.add(refused(() -> engine.text(Call.get("/silent")))));
    waiting.interrupt();
    assertTrue(waiting.join(Duration.ofSeconds(5)));
    assertTrue(seen.getFirst().startsWith("interrupted"), seen.toString());
  }

  @Test
  void anErrorInTheMiddleOfAPullIsFound() {
    stub.version("1.41", "1.12");
    String path = "POST /v1.41/images/create?fromImage=web%3A1";
    stub.json(
        path,
        200,
        """
        {"status":"Pulling from web","id":"1"}
        {"status":"Downloading","progressDetail":{"current":1,"total":9},"id":"aa"}
        {"errorDetail":{"message":"write: no space"},"error":"write: no space"}
        """);
    List<String> progress = new ArrayList<>();
    String why = refused(() -> runtime.pull("web:1", null, progress::add));
    assertEquals("refused: write: no space", why);
    assertEquals(List.of("Pulling from web 1", "Downloading aa"), progress);
  }

  @Test
  void aLoginTravelsInItsHeaderAndNowhereElse() {
    stub.version("1.41", "1.12");
    stub.json("POST /v1.41/images/create?fromImage=r.test%2Fweb%3A1", 200, "{\"status\":\"ok\"}");
    runtime.pull("r.test/web:1", new RegistryLogin("r.test", "me", "s3cret"), p -> {});
    String head = stub.requests.getLast();
    assertTrue(head.contains("X-Registry-Auth: eyJ1c2VybmFtZSI6Im1lIi"), head);
    assertFalse(head.contains("s3cret"));
    assertEquals("web:latest", DockerImages.withTag("web"));
    assertEquals("r:5000/a/web:latest", DockerImages.withTag("r:5000/a/web"));
    assertEquals("web@sha256:0", DockerImages.withTag("web@sha256:0"));
  }

  @Test
  void theGatewayModeIsSetWhereTheEngineKnowsIt() {
    stub.version("1.51", "1.44"); // version 99
    stub.json("GET /v1.51/networks/temps", 404, "{\"message\":\"network temps not found\"}");
    stub.json("POST /v1.51/networks/create", 201, "{\"Id\":\"1\"}");
    runtime.ensureNetwork(
        new NetworkSpec("temps", "temps0", "10.208.17.0/24", "10.208.17.1", 1370));
    String body = stub.requests.getLast();
    assertTrue(body.contains("gateway_mode_ipv4\":\"nat-unprotected\""), body);
    assertTrue(body.contains("enable_ip_masquerade\":\"false\""), body);
    assertTrue(body.contains("driver.mtu\":\"1370\""), body);
  }

  @Test
  void theHardwareAddressGoesWhereTheVersionWantsIt() {
    var spec =
        new ContainerSpec(
            "c-1",
            "web",
            List.of("A=s3cret"),
            null,
            Map.of(),
            new ContainerSpec.Attachment("temps", "10.208.17.10", "02:42:0a:d0:11:0a"),
            false,
            1500,
            1 << 20,
            List.of());
    String old = Json.write(ContainerBody.of(spec, new EngineInfo("20.10", "1.41", "amd64")));
    String fresh = Json.write(ContainerBody.of(spec, new EngineInfo("28", "1.44", "amd64")));
    String address = "\"IPAMConfig\":{\"IPv4Address\":\"10.208.17.10\"}";
    String mac = "\"MacAddress\":\"02:42:0a:d0:11:0a\"";
    assertTrue(old.contains("{" + address + "}") && old.contains(mac), old);
    assertTrue(fresh.contains("{" + address + "," + mac + "}"), fresh);
    assertEquals(fresh.indexOf(mac), fresh.lastIndexOf(mac));
    assertTrue(fresh.contains("\"NanoCpus\":1500000000"), fresh);
    assertTrue(fresh.contains("\"MemorySwap\":1048576"), fresh);
    assertFalse(spec.toString().contains("s3cret"));
  }

  @Test
  void namesCannotLeaveTheirPlaceInThePath() {
    assertEquals("a/b:1@sha256:2", Call.segment("a/b:1@sha256:2"));
    assertEquals("x%3Fall%3D1%0D%0AHost:%20y", Call.segment("x?all=1\r\nHost: y"));
  }
}
