package dev.temps.agent.api;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.journal.Journal;
import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.Labels;
import dev.temps.agent.runtime.testing.FakeRuntime;
import dev.temps.agent.snapshot.SnapshotShelf;
import dev.temps.agent.traffic.AccessShelf;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ImageFacts;
import dev.temps.contract.agent.ImageQuery;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.json.Json;
import dev.temps.kit.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent API over real mutual TLS, on a fake engine. */
class AgentApiTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final ObservedWorkload SEEN =
      new ObservedWorkload("c-1", ObservedState.running, Health.healthy, null, null, 2, 0, "id", 7);

  private final FakeRuntime engine = new FakeRuntime(Time.system());
  private final AgentApi api =
      new AgentApi(engine, () -> List.of(SEEN), Time.system(), ApiCaller.serving());
  @TempDir Path access;
  private ApiCaller control;

  @BeforeEach
  void start() throws IOException {
    engine.haveImage("web:1", "amd64", 8080);
    container("c-1", Map.of(Labels.WORKLOAD, "c-1"));
    container("theirs", Map.of());
    request("/one", 1_795_702_505_112L);
    request("/two", 1_795_702_506_112L);
    api.also(
        new AccessLogs(
            new AccessShelf(access, AccessShelf.Limits.standard(), Time.system()), Time.system()));
    api.serve("127.0.0.1", 0);
    control = ApiCaller.control(api.port());
  }

  private void container(String name, Map<String, String> labels) {
    List<String> command = List.of("/shell", "-c", "echo one; echo two >&2; sleep 9");
    engine.create(
        new ContainerSpec(name, "web:1", List.of(), command, labels, null, false, 0, 0, List.of()));
    engine.start(name);
  }

  @AfterEach
  void end() {
    control.close();
    api.close();
  }

  @Test
  void onlyAControlPlaneIsLetIn() {
    try (ApiCaller node = ApiCaller.anotherNode(api.port());
        ApiCaller nobody = ApiCaller.nobody(api.port())) {
      assertThrows(IOException.class, () -> node.get("/workloads/c-1"));
      assertThrows(IOException.class, () -> nobody.get("/workloads/c-1"));
    }
  }

  @Test
  void aWorkloadIsShownAsObserved() throws Exception {
    HttpResponse<String> answer = control.get("/workloads/c-1");
    assertEquals(SEEN, Json.read(ObservedWorkload.class, answer.body()));
  }

  @Test
  void containersOfOthersAndStrangeIdsAreMissing() throws Exception {
    for (String id : List.of("theirs", "nobody", "x", "a%2Fb", "..%2F..", "c-1%0a")) {
      for (String what : List.of("/logs", "/stats")) {
        HttpResponse<String> answer = control.get("/workloads/" + id + what);
        assertTrue(answer.statusCode() == 404 || answer.statusCode() == 400, id + answer);
      }
    }
    HttpResponse<String> answer = control.get("/workloads/theirs/logs");
    assertEquals(
        "application/problem+json", answer.headers().firstValue("content-type").orElse(""));
    assertTrue(answer.body().contains("/problems/no-such-workload"), answer.body());
  }

  @Test
  void anAccessLogComesAsLinesAndIsFollowed() throws Exception {
    List<LogLine> all = lines(control.get("/access/web").body());
    assertEquals(List.of("/one", "/two"), all.stream().map(AgentApiTest::path).toList());
    assertEquals("access", all.getFirst().stream());
    assertEquals("2026-11-26T14:15:05.112Z", all.getFirst().time());
    assertEquals(1, lines(control.get("/access/web?tail=1").body()).size());
    assertEquals(1, lines(control.get("/access/web?since=2026-11-26T14:15:06.112Z").body()).size());
    assertEquals(List.of(), lines(control.get("/access/other").body()));
    for (String name : List.of("..", "a%2Fb", "-", "%00")) {
      int status = control.get("/access/" + name).statusCode();
      assertTrue(status == 422 || status == 404 || status == 400, name + " " + status);
    }
    try (BufferedReader followed =
        new BufferedReader(
            new InputStreamReader(
                control.stream("/access/web?tail=0&follow=true").body(), StandardCharsets.UTF_8))) {
      assertEquals("", followed.readLine());
      request("/three", 1_795_702_507_112L);
      assertEquals("/three", path(lines(String.valueOf(followed.readLine())).getFirst()));
    }
  }

  private static List<LogLine> lines(String body) {
    return body.lines().filter(l -> !l.isBlank()).map(l -> Json.read(LogLine.class, l)).toList();
  }

  private static String path(LogLine line) {
    return line.request() == null ? "none" : line.request().path();
  }

  private void request(String path, long at) throws IOException {
    String line =
        at
            + " app_web 200 96 73 7 0 1 5 ---- 192.0.2.7 10.0.0.1:80 - HTTP/1.1 GET {a.test} "
            + path
            + "\n";
    Files.createDirectories(access);
    Files.writeString(
        access.resolve("web.log"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void theLogComesAsLines() throws Exception {
    String[] lines = control.get("/workloads/c-1/logs").body().split("\n");
    assertEquals(2, lines.length);
    LogLine two = Json.read(LogLine.class, lines[1]);
    assertEquals("two", two.line());
    assertEquals("stderr", two.stream());
    assertEquals("c-1", two.source());
    assertEquals(1, control.get("/workloads/c-1/logs?tail=1").body().split("\n").length);
    assertEquals("", control.get("/workloads/c-1/logs?since=2999-01-01T00:00:00Z").body());
    assertEquals(422, control.get("/workloads/c-1/logs?tail=-3").statusCode());
    assertEquals(422, control.get("/workloads/c-1/logs?since=yesterday").statusCode());
  }

  @Test
  void aFollowedLogGoesOnUntilTheContainerEnds() throws Exception {
    var answer = control.stream("/workloads/c-1/logs?follow=true&tail=1");
    try (var in =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertEquals("two", Json.read(LogLine.class, in.readLine()).line());
      engine.write("c-1", false, "three");
      assertEquals("three", Json.read(LogLine.class, in.readLine()).line());
      engine.crash("c-1", 1);
      assertEquals(null, in.readLine());
    }
  }

  @Test
  void whatAContainerSaysRightBeforeItsEndIsInAFollowedLog() throws Exception {
    var answer = control.stream("/workloads/c-1/logs?follow=true&tail=1");
    try (var in =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertEquals("two", Json.read(LogLine.class, in.readLine()).line());
      engine.lastWords("c-1", "help");
      assertEquals("help", Json.read(LogLine.class, in.readLine()).line());
      assertEquals(null, in.readLine());
    }
  }

  @Test
  void execGivesOutputOfBothStreamsAndTheExitCode() throws Exception {
    ExecStart start =
        new ExecStart(List.of("/shell", "-c", "echo a; echo b >&2; exit 7"), false, 0, 0);
    var exec = control.exec("c-1", start);
    awaitEnd(exec);
    assertEquals(ExecMessage.exit(7), exec.end);
    assertEquals("a\n", exec.out());
    assertEquals("b\n", exec.err());
    eventually(SOON, "the socket is closed", () -> exec.closed);
  }

  private static void awaitEnd(ApiCaller.Exec exec) {
    eventually(SOON, "it ended", () -> exec.end != null, () -> exec.out() + exec.err());
  }

  @Test
  void execTakesInputSizesAndTheEndOfInput() throws Exception {
    var exec = control.exec("c-1", new ExecStart(List.of("cat"), true, 80, 24));
    exec.type("hello\n");
    eventually(SOON, "it comes back", () -> exec.out().contains("hello"));
    exec.say(ExecMessage.resize(99, 33));
    exec.type("stty size\n");
    eventually(SOON, "it has the new size", () -> exec.out().contains("33 99"));
    exec.say(ExecMessage.endOfInput());
    awaitEnd(exec);
    assertEquals(ExecMessage.exit(0), exec.end);
  }

  @Test
  void execThatCannotRunSaysWhy() throws Exception {
    assertError("theirs", List.of("cat"), "no such workload");
    assertError("c-1", List.of(), "no command");
    engine.crash("c-1", 0);
    assertError("c-1", List.of("cat"), "is not running");
  }

  private void assertError(String id, List<String> command, String words) throws Exception {
    var exec = control.exec(id, new ExecStart(command, false, 0, 0));
    awaitEnd(exec);
    String error = String.valueOf(exec.end == null ? null : exec.end.error());
    assertTrue(error.contains(words), error);
  }

  @Test
  void aCollectorWithTheControlPlanesCertificateReadsTheFigures() throws Exception {
    api.figures(
        List::of, () -> List.of(new Figures.Backend("web", true)), () -> new Figures.Lines(1, 0));
    HttpResponse<String> answer = control.get("/metrics");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("temps_agent_containers{state=\"running\"} 1\n"));
    assertTrue(answer.body().contains("{app=\"web\",state=\"up\"} 1\n"), answer.body());
  }

  @Test
  void statsAreGiven() throws Exception {
    HttpResponse<String> answer = control.get("/workloads/c-1/stats");
    assertEquals(1, Json.read(WorkloadStats.class, answer.body()).processes());
  }

  @Test
  void aContainerThatDoesNotRunHasNoFigures() throws Exception {
    engine.stop("c-1", Duration.ZERO);
    HttpResponse<String> answer = control.get("/workloads/c-1/stats");
    assertEquals(409, answer.statusCode());
    assertTrue(answer.body().contains("isn't running"), answer.body());
  }

  @Test
  void anImageIsResolvedAtItsRegistryAndHere() throws Exception {
    RegistryLogin login = new RegistryLogin("registry.test", "me", "s3cret");
    engine.offerImage("registry.test/app:1", "arm64", login);
    ImageFacts remote = resolve(new ImageQuery("registry.test/app:1", login));
    assertTrue(String.valueOf(remote.digest()).startsWith("sha256:"));
    assertEquals(List.of("arm64"), remote.architectures());
    ImageFacts refused = resolve(new ImageQuery("registry.test/app:1", null));
    assertEquals(null, refused.digest());
    assertTrue(String.valueOf(refused.registryError()).contains("unauthorized"));
    ImageFacts local = resolve(new ImageQuery("web:1", null));
    assertEquals(null, local.digest());
    assertTrue(String.valueOf(local.localImageId()).startsWith("sha256:"));
    assertEquals(8080, local.exposedPort());
    assertEquals(List.of("amd64"), local.architectures());
    for (String bad : List.of("", "-x", "a b", "a;b", "x".repeat(600), "😀")) {
      HttpResponse<String> answer =
          control.post("/images/resolve", Json.write(new ImageQuery(bad, null)));
      assertEquals(422, answer.statusCode(), bad);
    }
    assertEquals(400, control.post("/images/resolve", "{").statusCode());
  }

  private ImageFacts resolve(ImageQuery query) throws Exception {
    HttpResponse<String> answer = control.post("/images/resolve", Json.write(query));
    assertEquals(200, answer.statusCode(), answer.body());
    assertFalse(answer.body().contains("s3cret"));
    return Json.read(ImageFacts.class, answer.body());
  }

  @Test
  void anEngineThatIsAwayIsSaidInWords() throws Exception {
    engine.fail("stats c-1", Kind.unreachable, "Docker isn't answering; is it running?");
    HttpResponse<String> answer = control.get("/workloads/c-1/stats");
    assertEquals(503, answer.statusCode());
    assertTrue(answer.body().contains("Docker is not running on this node"), answer.body());
  }

  @Test
  void anAddressThatIsNotThereYetIsTriedAgain() throws Exception {
    try (var waiting = new AgentApi(engine, List::of, Time.system(), ApiCaller.serving())) {
      IOException absent =
          assertThrows(IOException.class, () -> waiting.serve("198.51.100.7", 7443));
      assertTrue(String.valueOf(absent.getMessage()).contains("198.51.100.7:7443"));
      assertEquals(-1, waiting.port());
      waiting.serve("127.0.0.1", 0);
      int port = waiting.port();
      waiting.serve("127.0.0.1", 0);
      assertEquals(port, waiting.port(), "serving twice is once");
    }
  }

  @Test
  void snapshotsAreKeptTheLastThreeOfThemForTheirOwnerOnly(@TempDir Path temp) throws Exception {
    Journal journal = Journal.open(temp.resolve("assignment.json"), Time.system());
    journal.accept(new Assignment("k", 4, List.of(), null, null, null, null, null));
    Path folder = temp.resolve("snapshots");
    try (var desk = new AgentApi(engine, List::of, Time.system(), ApiCaller.serving())) {
      desk.also(new ControlDesk(journal, new SnapshotShelf(folder, 100), () -> {}));
      desk.serve("127.0.0.1", 0);
      try (ApiCaller caller = ApiCaller.control(desk.port())) {
        for (int i = 1; i <= 4; i++) {
          assertEquals(204, caller.put("/snapshots/" + i + "?epoch=4", "sealed " + i));
        }
        assertEquals(413, caller.put("/snapshots/5?epoch=4", "x".repeat(101)));
        assertEquals(409, caller.put("/snapshots/6?epoch=3", "of the old one"));
        assertEquals(422, caller.put("/snapshots/..x?epoch=4", "astray"));
        assertEquals("{\"epoch\":4}", caller.get("/epoch").body());
        assertEquals("{\"epoch\":4}", caller.get("/epoch?own=3").body());
        assertEquals("{\"epoch\":6}", caller.get("/epoch?own=6").body());
        assertEquals(409, caller.put("/snapshots/7?epoch=5", "of one that was replaced"));
        assertEquals(422, caller.get("/epoch?own=x").statusCode());
      }
    }
    List<Path> kept = new SnapshotShelf(folder, 100).list();
    assertEquals(3, kept.size());
    assertEquals("sealed 4", Files.readString(kept.getFirst()));
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept.getFirst())));
    try (var all = Files.list(folder)) {
      assertEquals(3, all.count());
    }
  }
}
