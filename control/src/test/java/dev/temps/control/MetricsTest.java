package dev.temps.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.NodeMetrics;
import dev.temps.contract.json.Json;
import dev.temps.control.testing.Person;
import dev.temps.kit.testing.Eventually;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes used, and the control plane's figures, over the real wire. */
class MetricsTest {
  @TempDir Path folder;
  private ApiRig rig;

  @BeforeEach
  void start() {
    rig = new ApiRig(folder);
    rig.join();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void aCollectorReadsTheControlPlanesFigures() {
    rig.gateway.push("web:latest", "sha256:" + "0b".repeat(32), "amd64");
    String body = "{\"project\":\"web\",\"image\":\"web\"}";
    rig.call(201, "POST", "/api/v1/deployments", body);
    rig.stranger.call("GET", "/api/v1/nodes", null);
    HttpResponse<String> page = rig.owner.call("GET", "/metrics", null);
    assertEquals(200, page.statusCode(), page.body());
    assertTrue(
        page.headers().firstValue("content-type").orElse("").startsWith("text/plain"),
        page.headers()::toString);
    for (String line :
        new String[] {
          "temps_nodes{liveness=\"ready\"} 1",
          "temps_nodes{liveness=\"down\"} 0",
          "temps_apps{state=\"starting\"} 1",
          "temps_replicas_wished 1",
          "temps_api_requests_total{method=\"POST\",status=\"2xx\"} 1",
          "temps_api_requests_total{method=\"GET\",status=\"4xx\"} 1",
          "temps_reports_total 1"
        }) {
      assertTrue(page.body().contains(line + "\n"), line + " is missing in\n" + page.body());
    }
    assertTrue(page.body().contains("temps_store_write_seconds_bucket{le=\"+Inf\"}"));
    assertTrue(page.body().contains("temps_jvm_heap_bytes{what=\"used\"}"));
    assertFalse(page.body().contains("web"), "no names: " + page.body());
    assertEquals(401, rig.stranger.call("GET", "/metrics", null).statusCode());
    Person held = rig.person("{\"name\":\"v\",\"role\":\"viewer\",\"projects\":[\"web\"]}");
    assertEquals(403, held.call("GET", "/metrics", null).statusCode());
  }

  @Test
  void aNodesUsageIsThereAfterTenSeconds() {
    Eventually.eventually(
        Duration.ofSeconds(30),
        "a point was written",
        () -> {
          rig.report();
          return !metrics("").points().isEmpty();
        });
    NodeMetrics metrics = metrics("");
    assertEquals(10, metrics.stepSeconds());
    assertEquals(100, metrics.points().getFirst().cpuMillis());
    assertEquals(0.1, metrics.points().getFirst().load(), 0.001);
    assertEquals(2_000, metrics.cpuMillis());
    assertEquals(60, metrics("?step=60").stepSeconds());
    for (String wrong :
        new String[] {"?step=7", "?from=1", "?from=2100-01-01T00:00:00Z", "?from=yesterday"}) {
      rig.call(422, "GET", "/api/v1/nodes/node-1/metrics" + wrong);
    }
    rig.call(404, "GET", "/api/v1/nodes/none/metrics");
  }

  private NodeMetrics metrics(String query) {
    return Json.read(
        NodeMetrics.class, rig.call(200, "GET", "/api/v1/nodes/node-1/metrics" + query));
  }
}
