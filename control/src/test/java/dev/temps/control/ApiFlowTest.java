package dev.temps.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.api.AppView;
import dev.temps.contract.api.AuditView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.DeploymentView;
import dev.temps.contract.api.EventView;
import dev.temps.contract.api.NodeView;
import dev.temps.contract.api.RegistryView;
import dev.temps.contract.api.RunRequest;
import dev.temps.contract.api.StatusView;
import dev.temps.contract.api.TokenCreated;
import dev.temps.contract.api.TokenView;
import dev.temps.contract.api.VariableView;
import dev.temps.contract.api.VariablesChanged;
import dev.temps.contract.api.WhoAmI;
import dev.temps.contract.json.Json;
import dev.temps.kit.testing.Eventually;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person does with the API, over real TLS, with two nodes that exist on paper. */
class ApiFlowTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String DIGEST = "sha256:" + "0b".repeat(32);

  @TempDir Path folder;
  private ApiRig rig;

  @BeforeEach
  void twoNodes() {
    rig = new ApiRig(folder);
    rig.gateway.push("web:latest", DIGEST, "amd64");
    rig.join();
    rig.join();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private DeploymentView deploy(String more) {
    String body = "{\"project\":\"web\",\"image\":\"web\",\"replicas\":2" + more + "}";
    return Json.read(DeploymentView.class, rig.call(201, "POST", "/api/v1/deployments", body));
  }

  private void serves(String id) {
    Eventually.eventually(
        SOON,
        "the release serves",
        () -> {
          rig.report();
          String body = rig.call(200, "GET", "/api/v1/deployments/" + id);
          return Json.read(DeploymentView.class, body).state().equals("serving");
        });
  }

  private AppView app() {
    return Json.read(AppView.class, rig.call(200, "GET", "/api/v1/apps/web"));
  }

  private List<ContainerView> containers() {
    return Json.readList(ContainerView.class, rig.call(200, "GET", "/api/v1/containers?app=web"));
  }

  private String sourceInTheAuditLog(String visitor) {
    var _ = rig.owner.callFor(visitor, "DELETE", "/api/v1/apps/none", "");
    String audit = rig.call(200, "GET", "/api/v1/audit?limit=1");
    return Json.readList(AuditView.class, audit).getFirst().source();
  }

  @Test
  void whoComesThroughAnIngressIsKnownByTheirOwnAddressAndIsNoAgent() {
    assertEquals("127.0.0.1", sourceInTheAuditLog("203.0.113.9"), "anybody could say so");
    rig.onMesh(rig.join(), "127.0.0.1");
    assertEquals("203.0.113.9", sourceInTheAuditLog("203.0.113.9"));
    for (String path : List.of("/agent/v1/register", "/agent/v1/session", "/agent/v1/report")) {
      var refused = rig.stranger.callFor("203.0.113.9", "POST", path, "{}");
      assertEquals(404, refused.statusCode(), path);
      assertTrue(refused.body().contains("no-such-page"), refused.body());
    }
  }

  @Test
  void anAppIsDeployedSeenScaledStoppedStartedAndRemoved() {
    DeploymentView made = deploy("");
    assertEquals("starting", made.state());
    assertEquals(2, made.containers().size());
    assertEquals("starting", app().state());
    serves(made.id());
    assertEquals("running", app().state());
    assertEquals(2, app().healthy());
    List<ContainerView> two = containers();
    assertEquals(List.of("web-1", "web-2"), two.stream().map(ContainerView::name).toList());
    assertFalse(two.getFirst().node().equals(two.getLast().node()));
    assertFalse(two.getFirst().placedBecause().isEmpty());
    RouteSpec route = rig.floors.routes().routes().getFirst();
    assertEquals(2, route.backends().size());
    assertEquals(app().urls(), List.of("http://" + route.hosts().getFirst()));
    assertEquals("web.web.temps.internal", app().internalName());
    ServiceSpec service = rig.floors.names().services().getFirst();
    assertEquals(app().internalName(), service.host());
    assertEquals(app().address(), service.address());
    assertEquals(2, service.members().size());

    rig.call(200, "POST", "/api/v1/apps/web/scale", "{\"replicas\":3}");
    Eventually.eventually(
        SOON,
        "three serve",
        () -> {
          rig.report();
          return app().healthy() == 3;
        });
    rig.call(200, "POST", "/api/v1/apps/web/restart");
    rig.call(200, "POST", "/api/v1/apps/web/stop");
    assertEquals("stopped", app().state());
    rig.call(409, "POST", "/api/v1/apps/web/restart");
    Eventually.eventually(
        SOON,
        "all stopped",
        () -> {
          rig.report();
          return containers().stream().allMatch(c -> c.state().equals("stopped"));
        });
    rig.call(200, "POST", "/api/v1/apps/web/start");
    Eventually.eventually(
        SOON,
        "all run",
        () -> {
          rig.report();
          return app().state().equals("running");
        });
    rig.call(204, "DELETE", "/api/v1/apps/web");
    rig.call(404, "GET", "/api/v1/apps/web");
    String kept = rig.call(200, "GET", "/api/v1/deployments/" + made.id());
    assertEquals("stopped", Json.read(DeploymentView.class, kept).state());
  }

  @Test
  void anAppIsRolledBackAndTheLeftReleaseSaysSo() {
    DeploymentView first = deploy("");
    serves(first.id());
    String none = rig.call(409, "POST", "/api/v1/apps/web/rollback", "{}");
    assertTrue(none.contains("/problems/no-earlier-release"), none);
    DeploymentView second = deploy("");
    serves(second.id());
    String made = rig.call(201, "POST", "/api/v1/apps/web/rollback", "{\"to\":1}");
    DeploymentView back = Json.read(DeploymentView.class, made);
    assertEquals(1, back.rollbackOf());
    serves(back.id());
    String left = rig.call(200, "GET", "/api/v1/deployments/" + second.id());
    assertEquals("rolled_back", Json.read(DeploymentView.class, left).state());
    rig.call(404, "POST", "/api/v1/apps/web/rollback", "{\"to\":77}");
  }

  @Test
  void aSecretGoesIntoContainersAndIntoNoAnswer() {
    serves(deploy(",\"env\":{\"LEVEL\":\"debug\"}").id());
    String path = "/api/v1/apps/web/variables";
    String set = rig.call(200, "PATCH", path, "{\"secrets\":{\"KEY\":\"h1dd3n\"}}");
    VariablesChanged changed = Json.read(VariablesChanged.class, set);
    assertNotNull(changed.deployment());
    serves(changed.deployment().id());
    StringBuilder all = new StringBuilder(set);
    for (String page :
        List.of(
            path,
            "/api/v1/apps",
            "/api/v1/apps/web",
            "/api/v1/deployments",
            "/api/v1/deployments/" + changed.deployment().id(),
            "/api/v1/containers",
            "/api/v1/events",
            "/api/v1/status")) {
      all.append(rig.call(200, "GET", page));
    }
    all.append(rig.call(422, "PATCH", path, "{\"secrets\":{\"A B\":\"h1dd3n\"}}"));
    all.append(rig.call(400, "PATCH", path, "{\"secret\":{\"A\":\"h1dd3n\"}}"));
    all.append(rig.call(400, "PATCH", path, "{\"unset\":\"h1dd3n\"}"));
    all.append(rig.call(400, "PATCH", path, "{\"secrets\":{\"A\":[\"h1dd3n\"]}}"));
    all.append(rig.call(400, "PATCH", path, "{\"secrets\":{\"A\":\"h1dd3n"));
    assertFalse(all.toString().contains("h1dd3n"), all::toString);
    List<VariableView> list = Json.readList(VariableView.class, rig.call(200, "GET", path));
    assertEquals(List.of("KEY", "LEVEL"), list.stream().map(VariableView::name).toList());
    assertNull(list.getFirst().value());
    assertEquals("debug", list.getLast().value());
    assertTrue(
        rig.floors.workloads().forNode(containers().getLast().nodeId()).stream()
            .anyMatch(w -> w.env().contains("KEY=h1dd3n")));
  }

  @Test
  void nodesAreSeenCordonedLabelledAndTheirPlacesCounted() {
    deploy(",\"cpuMillis\":250,\"memoryBytes\":67108864");
    List<NodeView> nodes = Json.readList(NodeView.class, rig.call(200, "GET", "/api/v1/nodes"));
    assertEquals(List.of("node-1", "node-2"), nodes.stream().map(NodeView::name).toList());
    nodes.forEach(node -> {
      assertEquals("ready", node.liveness());
      assertEquals(250, node.cpuReservedMillis());
      assertEquals(64 << 20, node.memoryReservedBytes());
      assertEquals(1, node.containers());
    });
    rig.call(
        200,
        "PATCH",
        "/api/v1/nodes/node-1",
        "{\"availability\":\"cordoned\",\"labels\":{\"region\":\"eu\"}}");
    String one = rig.call(200, "GET", "/api/v1/nodes/node-1");
    NodeView cordoned = Json.read(NodeView.class, one);
    assertEquals("cordoned", cordoned.availability());
    assertEquals("eu", cordoned.labels().get("region"));
    String waits =
        rig.call(
            201,
            "POST",
            "/api/v1/deployments",
            "{\"project\":\"x\",\"image\":\"web\",\"require\":{\"region\":\"eu\"}}");
    assertTrue(waits.contains("1 node: cordoned"), waits);
    rig.call(409, "DELETE", "/api/v1/nodes/node-1");
    String lost = "/api/v1/nodes/declare-lost";
    rig.call(400, "POST", lost, "{}");
    rig.call(422, "POST", lost, "{\"nodes\":[]}");
    rig.call(404, "POST", lost, "{\"nodes\":[\"node-9\"]}");
    String alive = rig.call(409, "POST", lost, "{\"nodes\":[\"node-2\"],\"confirm\":true}");
    assertTrue(alive.contains("/problems/node-alive"), alive);
    StatusView status = Json.read(StatusView.class, rig.call(200, "GET", "/api/v1/status"));
    assertEquals(2, status.nodesReady());
    assertTrue(status.problems().contains("node node-1 is cordoned"), status::toString);
  }

  @Test
  void invitationsAreMadeListedAndRevoked() {
    String body = rig.call(201, "POST", "/api/v1/node-tokens", "{\"name\":\"worker-9\"}");
    TokenCreated made = Json.read(TokenCreated.class, body);
    assertTrue(made.line().contains("/install"), made.line());
    assertTrue(made.line().contains(made.token()), made.line());
    rig.call(422, "POST", "/api/v1/node-tokens", "{\"ttlSeconds\":9000000000000000000}");
    rig.call(422, "POST", "/api/v1/node-tokens", "{\"ttlSeconds\":-1}");
    rig.call(204, "DELETE", "/api/v1/node-tokens/" + made.id());
    String list = rig.call(200, "GET", "/api/v1/node-tokens");
    assertFalse(list.contains(made.token()));
    TokenView one =
        Json.readList(TokenView.class, list).stream()
            .filter(t -> t.id().equals(made.id()))
            .findFirst()
            .orElseThrow();
    assertEquals("revoked", one.state());
  }

  @Test
  void registriesKeepThePasswordToThemselves() {
    String path = "/api/v1/registries/ghcr.io";
    String kept = rig.call(200, "PUT", path, "{\"username\":\"anna\",\"password\":\"hidden\"}");
    assertEquals("anna", Json.read(RegistryView.class, kept).username());
    String all = kept + rig.call(200, "GET", "/api/v1/registries") + rig.call(200, "GET", path);
    assertFalse(all.contains("hidden"));
    rig.call(204, "DELETE", path);
    rig.call(404, "GET", path);
    rig.call(422, "PUT", "/api/v1/registries/a%3Bb", "{\"username\":\"a\",\"password\":\"b\"}");
    rig.call(400, "PUT", path, "{\"username\":\"anna\"}");
  }

  @Test
  void logsOfAllReplicasAreOneSortedStream() {
    deploy("");
    List<ContainerView> two = containers();
    for (int i = 0; i < 4; i++) {
      rig.gateway.log(two.get(i % 2).id(), "2026-01-01T00:00:0" + i + "Z", "line " + i);
    }
    List<LogLine> lines =
        rig.call(200, "GET", "/api/v1/apps/web/logs?tail=3")
            .lines()
            .filter(l -> !l.isBlank())
            .map(l -> Json.read(LogLine.class, l))
            .toList();
    assertEquals(List.of("line 1", "line 2", "line 3"), lines.stream().map(LogLine::line).toList());
    assertEquals(List.of("web-2", "web-1", "web-2"), lines.stream().map(LogLine::source).toList());
    String second = rig.call(200, "GET", "/api/v1/apps/web/logs?replica=2");
    assertFalse(second.contains("line 0"));
    rig.call(404, "GET", "/api/v1/apps/web/logs?replica=9");
    rig.call(422, "GET", "/api/v1/apps/web/logs?tail=-1");
    rig.call(422, "GET", "/api/v1/apps/web/logs?since=yesterday");
    rig.call(422, "GET", "/api/v1/apps/web/logs?follow=maybe");
  }

  @Test
  void followingALogHearsNewLinesAndAnUnreachableAgentIsSaid() throws Exception {
    deploy("");
    List<ContainerView> two = containers();
    rig.gateway.reachable(two.getLast().nodeId(), false);
    rig.gateway.log(two.getFirst().id(), "2026-01-01T00:00:00Z", "before");
    try (InputStream in = rig.owner.stream("/api/v1/apps/web/logs?follow=true").body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      assertEquals("before", next(lines).line());
      assertTrue(next(lines).line().contains("can't be reached"));
      rig.gateway.log(two.getFirst().id(), "2026-01-01T00:00:01Z", "after");
      assertEquals("after", next(lines).line());
    }
  }

  @Test
  void followingALogHearsReplicasThatStartLater() throws Exception {
    deploy("");
    rig.gateway.log(containers().getFirst().id(), "2026-01-01T00:00:00Z", "before");
    try (InputStream in = rig.owner.stream("/api/v1/apps/web/logs?follow=true").body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      assertEquals("before", next(lines).line());
      rig.call(200, "POST", "/api/v1/apps/web/scale", "{\"replicas\":3}");
      Eventually.eventually(SOON, "a third is placed", () -> containers().size() == 3);
      ContainerView third =
          containers().stream().filter(c -> c.name().equals("web-3")).findFirst().orElseThrow();
      rig.gateway.log(third.id(), "2026-01-01T00:00:02Z", "from the third");
      assertEquals("from the third", next(lines).line());
    }
  }

  private static LogLine next(BufferedReader lines) throws Exception {
    String line = lines.readLine();
    while (line != null && line.isBlank()) {
      line = lines.readLine();
    }
    assertNotNull(line);
    return Json.read(LogLine.class, line);
  }

  /** Keeps what a WebSocket says. */
  private static final class Ears implements WebSocket.Listener {
    final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      heard.add(text.toString());
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      heard.add(bytes[0] + ":" + new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      heard.add("closed " + code);
      return null;
    }
  }

  @Test
  void execCarriesInputOutputAndTheExitCode() {
    deploy("");
    Ears ears = new Ears();
    WebSocket socket = rig.owner.socket("/api/v1/apps/web/exec?replica=1", ears).join();
    socket.sendText(Json.write(new ExecStart(List.of("cat", "-"), false, 80, 24)), true).join();
    socket.sendBinary(ByteBuffer.wrap("héllo".getBytes(StandardCharsets.UTF_8)), true).join();
    socket.sendText(Json.write(ExecMessage.endOfInput()), true).join();
    Eventually.eventually(
        SOON,
        "all was heard",
        () ->
            List.copyOf(ears.heard)
                .equals(List.of("1:cat -\n", "1:héllo", "{\"exit\":0}", "closed 1000")),
        ears.heard::toString);
    socket.abort();
  }

  @Test
  void aRunCarriesInputOutputAndTheExitCodeAndIsInTheHistory() {
    serves(deploy("").id());
    Ears ears = new Ears();
    WebSocket socket = rig.owner.socket("/api/v1/apps/web/run", ears).join();
    RunRequest request = new RunRequest(List.of("cat", "-"), false, 0, 0, null, null, 60);
    socket.sendText(Json.write(request), true).join();
    socket.sendBinary(ByteBuffer.wrap("héllo".getBytes(StandardCharsets.UTF_8)), true).join();
    socket.sendText(Json.write(ExecMessage.endOfInput()), true).join();
    Eventually.eventually(
        SOON,
        "all was heard",
        () ->
            List.copyOf(ears.heard)
                .equals(List.of("1:cat -\n", "1:héllo", "{\"exit\":0}", "closed 1000")),
        ears.heard::toString);
    assertEquals(1, rig.gateway.runs().size());
    assertTrue(rig.call(200, "GET", "/api/v1/audit").contains("app.run"));
    assertEquals(2, containers().size(), "it is no replica");
    socket.abort();
  }

  @Test
  void aRunEndsAtItsLimitAndSaysWhatIsWrong() {
    serves(deploy("").id());
    assertHears(
        "{\"command\":[\"cat\"],\"terminal\":false,\"columns\":0,\"rows\":0,"
            + "\"timeoutSeconds\":1}",
        "longer than its limit of 1 s");
    assertHears("{\"command\":[],\"terminal\":false,\"columns\":0,\"rows\":0}", "empty");
    rig.call(426, "GET", "/api/v1/apps/web/run");
    rig.call(404, "GET", "/api/v1/apps/nothing/run");
    assertThrows(
        CompletionException.class,
        () -> rig.owner.socket("/api/v1/apps/nothing/run", new Ears()).join());
  }

  private void assertHears(String request, String words) {
    Ears ears = new Ears();
    WebSocket socket = rig.owner.socket("/api/v1/apps/web/run", ears).join();
    socket.sendText(request, true).join();
    Eventually.eventually(
        SOON, words, () -> ears.heard.toString().contains(words), ears.heard::toString);
    socket.abort();
  }

  @Test
  void execSaysWhatIsWrong() {
    deploy("");
    Ears ears = new Ears();
    WebSocket socket = rig.owner.socket("/api/v1/apps/web/exec", ears).join();
    socket.sendText("{\"command\":[],\"terminal\":false,\"columns\":1,\"rows\":1}", true).join();
    Eventually.eventually(
        SOON,
        "the refusal was heard",
        () -> ears.heard.size() == 2 && ears.heard.peek().contains("The command is empty"),
        ears.heard::toString);
    assertThrows(
        CompletionException.class,
        () -> rig.stranger.socket("/api/v1/apps/web/exec", new Ears()).join());
    assertThrows(
        CompletionException.class,
        () -> rig.owner.socket("/api/v1/apps/nothing/exec", new Ears()).join());
    rig.call(426, "GET", "/api/v1/apps/web/exec");
    rig.call(404, "GET", "/api/v1/apps/nothing/exec");
  }

  @Test
  void statsEventsAndWhoAmIAnswer() {
    DeploymentView made = deploy(",\"env\":{\"PASSWORD\":\"s3cr3t\"}");
    serves(made.id());
    String stats = rig.call(200, "GET", "/api/v1/apps/web/stats");
    assertEquals(2, Json.readList(WorkloadStats.class, stats).size());
    String events = rig.call(200, "GET", "/api/v1/events?app=web");
    List<String> kinds =
        Json.readList(EventView.class, events).stream().map(EventView::kind).toList();
    assertTrue(kinds.containsAll(List.of("deployment.started", "deployment.serving")), events);
    String ofNode = rig.call(200, "GET", "/api/v1/events?node=node-1&limit=1000");
    assertTrue(ofNode.contains("node.ready"), ofNode);
    WhoAmI who = Json.read(WhoAmI.class, rig.call(200, "GET", "/api/v1/whoami"));
    assertEquals("owner", who.role());
    String shown =
        events
            + ofNode
            + rig.call(200, "GET", "/api/v1/apps")
            + rig.call(200, "GET", "/api/v1/deployments?app=web")
            + rig.call(200, "GET", "/api/v1/containers")
            + rig.call(200, "GET", "/api/v1/mesh");
    assertFalse(shown.contains("s3cr3t"));
    assertFalse(shown.contains(rig.ownerToken()));
  }
}
