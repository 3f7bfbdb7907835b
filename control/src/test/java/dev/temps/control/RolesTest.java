package dev.temps.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.api.ApiTokenCreated;
import dev.temps.contract.api.AppView;
import dev.temps.contract.api.AuditView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.DeploymentView;
import dev.temps.contract.api.EventView;
import dev.temps.contract.api.RunRequest;
import dev.temps.contract.api.StatusView;
import dev.temps.contract.json.Json;
import dev.temps.control.access.Role;
import dev.temps.control.api.Endpoint;
import dev.temps.control.testing.Person;
import dev.temps.kit.testing.Eventually;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Every operation with every role, and what those held to projects see of others'. */
class RolesTest {
  private static final Duration SOON = Duration.ofSeconds(15);

  @TempDir Path folder;
  private ApiRig rig;

  @BeforeEach
  void start() {
    rig = new ApiRig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static String token(String name, Role role, String... projects) {
    String held =
        List.of(projects).stream().map(p -> "\"" + p + "\"").collect(Collectors.joining(","));
    return "{\"name\":\"%s\",\"role\":\"%s\",\"projects\":[%s]}".formatted(name, role, held);
  }

  private Person developer(String... projects) {
    return rig.person(token("dev-" + String.join("-", projects), Role.developer, projects));
  }

  private static HttpResponse<String> attempt(Person who, Endpoint endpoint) {
    String method = endpoint.method().text();
    String body = Set.of("GET", "DELETE").contains(method) ? null : "{}";
    return who.call(method, endpoint.path().replaceAll("\\{[a-z]+}", "none"), body);
  }

  /** The least role of each operation, as the document promises it. */
  private Map<String, Role> promised() {
    Map<?, ?> document = new Yaml().load(rig.call(200, "GET", "/api/v1/openapi.yaml"));
    Map<String, Role> roles = new java.util.TreeMap<>();
    ((Map<?, ?>) java.util.Objects.requireNonNull(document.get("paths")))
        .forEach((path, item) ->
            ((Map<?, ?>) item)
                .forEach((method, operation) -> {
                  if (operation instanceof Map<?, ?> fields && fields.get("x-role") != null) {
                    roles.put(
                        String.valueOf(method).toUpperCase(Locale.ROOT) + " " + path,
                        Role.valueOf(String.valueOf(fields.get("x-role"))));
                  }
                }));
    return roles;
  }

  @Test
  void everyOperationWithEveryRole() {
    Map<Role, Person> people = new EnumMap<>(Role.class);
    people.put(Role.owner, rig.owner);
    people.put(Role.operator, rig.person(token("operator", Role.operator)));
    people.put(Role.developer, developer("none"));
    people.put(Role.viewer, rig.person(token("viewer", Role.viewer)));
    Map<String, Role> promised = promised();
    for (Endpoint endpoint : rig.floors.api().endpoints()) {
      String name = endpoint.method().text() + " " + endpoint.path();
      assertEquals(promised.get(name), endpoint.needed(), name + ": x-role of the document");
      people.forEach((role, who) -> {
        HttpResponse<String> answer = attempt(who, endpoint);
        String seen = name + " as " + role + " -> " + answer.statusCode() + " " + answer.body();
        assertNotEquals(401, answer.statusCode(), seen);
        assertNotEquals(500, answer.statusCode(), seen);
        if (!role.includes(endpoint.needed())) {
          assertEquals(403, answer.statusCode(), seen);
          assertTrue(answer.body().contains("/problems/forbidden"), seen);
        } else if (answer.statusCode() == 403) {
          boolean whole = !endpoint.filters() && !endpoint.path().contains("{app}");
          assertTrue(role == Role.developer && whole, seen);
          assertTrue(answer.body().contains("/problems/held-to-projects"), seen);
        }
      });
    }
  }

  @Test
  void everyOperationWithATokenThatCountsNoMore() {
    String body = rig.call(201, "POST", "/api/v1/tokens", token("gone", Role.owner));
    ApiTokenCreated made = Json.read(ApiTokenCreated.class, body);
    Person gone = rig.withToken(made.token());
    assertEquals(200, gone.call("GET", "/api/v1/whoami", null).statusCode());
    rig.call(204, "DELETE", "/api/v1/tokens/" + made.id());
    for (Endpoint endpoint : rig.floors.api().endpoints()) {
      HttpResponse<String> answer = attempt(gone, endpoint);
      assertEquals(401, answer.statusCode(), endpoint.path() + answer.body());
      assertTrue(answer.body().contains("/problems/token-revoked"), answer.body());
    }
    Person late = rig.person("{\"name\":\"late\",\"role\":\"owner\",\"ttlSeconds\":60}");
    rig.database()
        .change(h -> h.execute("UPDATE api_tokens SET expires_at = 1 WHERE name = 'late'"));
    for (Endpoint endpoint : rig.floors.api().endpoints()) {
      HttpResponse<String> answer = attempt(late, endpoint);
      assertEquals(401, answer.statusCode(), endpoint.path() + answer.body());
      assertTrue(answer.body().contains("/problems/token-expired"), answer.body());
    }
    rig.call(200, "GET", "/api/v1/whoami"); // Nobody at this address has to wait for it.
  }

  private DeploymentView deploy(String project) {
    String body = "{\"project\":\"" + project + "\",\"image\":\"web\"}";
    return Json.read(DeploymentView.class, rig.call(201, "POST", "/api/v1/deployments", body));
  }

  private void twoApps() {
    rig.gateway.push("web:latest", "sha256:" + "0b".repeat(32), "amd64");
    rig.join();
    deploy("web");
    deploy("shop");
  }

  private static String get(Person who, String path) {
    HttpResponse<String> answer = who.call("GET", path, null);
    assertEquals(200, answer.statusCode(), path + answer.body());
    return answer.body();
  }

  @Test
  void aDeveloperSeesAndChangesOnlyTheirProjects() {
    twoApps();
    String shop =
        Json.readList(DeploymentView.class, rig.call(200, "GET", "/api/v1/deployments")).stream()
            .filter(d -> d.app().equals("shop"))
            .findFirst()
            .orElseThrow()
            .id();
    for (Person who : List.of(developer("web"), rig.person(token("v", Role.viewer, "web")))) {
      assertEquals(
          List.of("web"),
          Json.readList(AppView.class, get(who, "/api/v1/apps")).stream()
              .map(AppView::name)
              .toList());
      assertEquals(
          Set.of("web"),
          Json.readList(ContainerView.class, get(who, "/api/v1/containers")).stream()
              .map(ContainerView::app)
              .collect(Collectors.toSet()));
      assertEquals(1, Json.read(StatusView.class, get(who, "/api/v1/status")).apps());
      String events = get(who, "/api/v1/events?limit=1000");
      Set<String> subjects =
          Json.readList(EventView.class, events).stream()
              .map(EventView::subject)
              .collect(Collectors.toSet());
      assertEquals(Set.of("web", "node-1"), subjects, events);
      assertFalse((get(who, "/api/v1/deployments") + events).contains("shop"), events);
      for (String path :
          List.of(
              "/api/v1/apps/shop",
              "/api/v1/apps/shop/stats",
              "/api/v1/deployments?app=shop",
              "/api/v1/deployments/" + shop,
              "/api/v1/containers?app=shop",
              "/api/v1/events?app=shop")) {
        HttpResponse<String> answer = who.call("GET", path, null);
        assertEquals(404, answer.statusCode(), path + answer.body());
      }
    }
    Person web = developer("web", "later");
    for (String change : List.of("stop", "start", "restart", "scale")) {
      HttpResponse<String> answer =
          web.call("POST", "/api/v1/apps/shop/" + change, "{\"replicas\":0}");
      assertEquals(404, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains("later, web"), answer.body());
    }
    assertEquals(404, web.call("GET", "/api/v1/apps/shop/logs", null).statusCode());
    assertEquals(404, web.call("DELETE", "/api/v1/apps/shop", null).statusCode());
    String toShop = "{\"project\":\"shop\",\"image\":\"web\"}";
    assertEquals(403, web.call("POST", "/api/v1/deployments", toShop).statusCode());
    String toLater = "{\"project\":\"later\",\"image\":\"web\"}";
    assertEquals(201, web.call("POST", "/api/v1/deployments", toLater).statusCode());
    assertEquals(200, web.call("POST", "/api/v1/apps/web/stop", null).statusCode());
    rig.call(200, "GET", "/api/v1/apps/shop");
  }

  @Test
  void execIsForDevelopersOfTheAppOnly() {
    twoApps();
    WebSocket.Listener deaf = new WebSocket.Listener() {};
    String path = "/api/v1/apps/web/exec";
    for (Person who : List.of(developer("shop"), rig.person(token("v", Role.viewer)))) {
      assertThrows(CompletionException.class, () -> who.socket(path, deaf).join());
    }
    WebSocket open = developer("web").socket(path, deaf).join();
    open.sendText(Json.write(new ExecStart(List.of("cat", "secret"), false, 80, 24)), true).join();
    Eventually.eventually(
        SOON, "the exec is in the log", () -> audit("?actor=dev-web").contains("app.exec"));
    assertFalse(audit("").contains("secret"));
    open.abort();
  }

  @Test
  void runIsForDevelopersOfTheAppOnly() {
    twoApps();
    WebSocket.Listener deaf = new WebSocket.Listener() {};
    String path = "/api/v1/apps/web/run";
    for (Person who : List.of(developer("shop"), rig.person(token("v", Role.viewer)))) {
      assertThrows(CompletionException.class, () -> who.socket(path, deaf).join());
    }
    WebSocket open = developer("web").socket(path, deaf).join();
    RunRequest request = new RunRequest(List.of("cat", "secret"), false, 0, 0, null, null, null);
    open.sendText(Json.write(request), true).join();
    Eventually.eventually(
        SOON, "the run is in the log", () -> audit("?actor=dev-web").contains("app.run"));
    assertFalse(audit("").contains("secret"));
    open.abort();
  }

  private String audit(String query) {
    return rig.call(200, "GET", "/api/v1/audit" + query);
  }

  @Test
  void aFollowedLogEndsWithItsReadersToken() throws Exception {
    twoApps();
    String id =
        Json.readList(ContainerView.class, rig.call(200, "GET", "/api/v1/containers?app=web"))
            .getFirst()
            .id();
    rig.gateway.log(id, "2026-01-01T00:00:00Z", "before");
    Person reader = developer("web");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                reader.stream("/api/v1/apps/web/logs?follow=true").body(),
                StandardCharsets.UTF_8))) {
      assertTrue(String.valueOf(lines.readLine()).contains("before"));
      rig.call(204, "DELETE", "/api/v1/tokens/dev-web");
      while (lines.readLine() != null) {
        // heartbeats until the end
      }
    }
    assertTrue(audit("?actor=dev-web").contains("app.logs"));
  }

  @Test
  void theAuditLogTellsOfChangesAndRefusalsPageByPage() {
    twoApps();
    Person web = developer("web");
    web.call("POST", "/api/v1/apps/web/stop", null);
    web.call("POST", "/api/v1/apps/shop/stop", null);
    web.call("PATCH", "/api/v1/nodes/node-1", "{}");
    List<AuditView> rows = Json.readList(AuditView.class, audit("?actor=dev-web"));
    assertEquals(
        List.of("PATCH /api/v1/nodes/{node}", "POST /api/v1/apps/{app}/stop", "app.stop"),
        rows.stream().map(AuditView::action).toList());
    assertEquals("refused: This token may not do that.", rows.getFirst().outcome());
    assertEquals("/api/v1/apps/shop/stop", rows.get(1).subject());
    assertEquals("done", rows.get(2).outcome());
    assertEquals("127.0.0.1", rows.get(2).source());
    String next = audit("?actor=dev-web&limit=2&before=" + rows.getFirst().id());
    assertEquals(rows.subList(1, 3), Json.readList(AuditView.class, next));
    assertEquals("[]", audit("?since=2100-01-01T00:00:00Z"));
    rig.call(422, "GET", "/api/v1/audit?before=au-none");
    rig.call(422, "GET", "/api/v1/audit?since=yesterday");
  }
}
