package dev.temps.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.api.Endpoint;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Walks openapi.yaml against the running server, both ways. */
class ApiDocumentTest {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

  /** An operation of the document. */
  private record Operation(String method, String path, boolean open, boolean node) {}

  @TempDir Path folder;
  private ApiRig rig;
  private Map<?, ?> document;

  @BeforeEach
  void start() {
    rig = new ApiRig(folder);
    document = new Yaml().load(rig.stranger.call("GET", "/api/v1/openapi.yaml", null).body());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    map(document.get("paths"))
        .forEach((path, item) ->
            map(item)
                .forEach((method, fields) -> {
                  if (METHODS.contains(method) && fields instanceof Map<?, ?> operation) {
                    Object security = operation.get("security");
                    all.add(
                        new Operation(
                            String.valueOf(method).toUpperCase(Locale.ROOT),
                            String.valueOf(path),
                            security instanceof List<?> list && list.isEmpty(),
                            String.valueOf(security).contains("nodeCertificate")));
                  }
                }));
    return all;
  }

  private static Map<?, ?> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new AssertionError("openapi.yaml lacks an object");
  }

  private static String concrete(String path) {
    return path.replaceAll("\\{[a-z]+}", "none");
  }

  private static @Nullable String body(Operation operation) {
    return Set.of("GET", "DELETE").contains(operation.method()) ? null : "{}";
  }

  @Test
  void everyOperationThatIsNotPublicAnswers401WithoutAToken() {
    for (Operation one : operations()) {
      if (!one.open() && !one.node()) {
        HttpResponse<String> answer =
            rig.stranger.call(one.method(), concrete(one.path()), body(one));
        assertEquals(401, answer.statusCode(), one::toString);
        assertTrue(answer.body().contains("/problems/unauthenticated"), answer.body());
      }
    }
  }

  @Test
  void everyOperationForNodesRefusesWhoHasNoCertificate() {
    for (Operation one : operations()) {
      if (one.node()) {
        HttpResponse<String> answer = rig.owner.call(one.method(), concrete(one.path()), body(one));
        assertTrue(Set.of(401, 403).contains(answer.statusCode()), one + " " + answer.body());
      }
    }
  }

  @Test
  void everyOperationOfTheDocumentIsThere() {
    for (Operation one : operations()) {
      HttpResponse<String> answer = rig.owner.call(one.method(), concrete(one.path()), body(one));
      assertFalse(answer.body().contains("/problems/no-such-page"), one + " -> " + answer.body());
      assertNotEquals(405, answer.statusCode(), one::toString);
      assertNotEquals(500, answer.statusCode(), one + " -> " + answer.body());
    }
  }

  @Test
  void everyRouteOfTheServerIsInTheDocument() {
    Set<String> documented = new TreeSet<>();
    operations().forEach(one -> documented.add(one.method() + " " + one.path()));
    for (Endpoint endpoint : rig.floors.api().endpoints()) {
      String route = endpoint.method().text() + " " + endpoint.path();
      assertTrue(documented.contains(route), route);
    }
    long bearer = operations().stream().filter(o -> !o.open() && !o.node()).count();
    assertEquals(bearer, rig.floors.api().endpoints().size());
  }

  @Test
  void pathsThatAreNotThereDoNotTellStrangersSo() {
    assertEquals(401, rig.stranger.call("GET", "/api/v1/nothing", null).statusCode());
    assertEquals(401, rig.stranger.call("GET", "/api/v1/nodes/../nodes", null).statusCode());
    assertEquals(404, rig.owner.call("GET", "/api/v1/nothing", null).statusCode());
  }

  @Test
  void refusalsAreProblemsInWords() {
    HttpResponse<String> unknown =
        rig.owner.call("POST", "/api/v1/apps/web/scale", "{\"replicas\":1,\"colour\":2}");
    assertEquals(400, unknown.statusCode());
    assertTrue(unknown.body().contains("colour"), unknown.body());
    HttpResponse<String> missing =
        rig.owner.call("POST", "/api/v1/apps/web/scale", "{\"replicas\":1}");
    assertEquals(404, missing.statusCode());
    assertTrue(missing.body().contains("/problems/no-such-app"), missing.body());
    assertEquals(
        "application/problem+json", missing.headers().firstValue("content-type").orElse(""));
    assertEquals(422, rig.owner.call("GET", "/api/v1/events?limit=0", null).statusCode());
    assertEquals(422, rig.owner.call("GET", "/api/v1/events?limit=many", null).statusCode());
  }
}
