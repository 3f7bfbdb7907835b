package dev.temps.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.Traffic;
import dev.temps.contract.api.AppTraffic;
import dev.temps.contract.json.Json;
import dev.temps.control.testing.Person;
import dev.temps.kit.testing.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What apps answered, over the real wire: history, a collector's page, access logs. */
class TrafficTest {
  @TempDir Path folder;
  private ApiRig rig;
  private ApiRig.PaperNode first;
  private ApiRig.PaperNode second;

  @BeforeEach
  void start() {
    rig = new ApiRig(folder);
    first = rig.join();
    second = rig.join();
    rig.gateway.push("web:latest", "sha256:" + "0b".repeat(32), "amd64");
    rig.call(201, "POST", "/api/v1/deployments", "{\"project\":\"web\",\"image\":\"web\"}");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static Traffic answered(long well, long failed, int millis) {
    List<Long> durations = new ArrayList<>(Collections.nCopies(millis, 0L));
    durations.add(well + failed);
    return new Traffic(
        "a-1",
        List.of(
            new Traffic.OfApp(
                "web",
                List.of(0L, well, 0L, 0L, failed, 0L),
                10,
                2_000,
                1,
                3,
                millis * (well + failed),
                durations)));
  }

  private AppTraffic traffic(String query) {
    return Json.read(AppTraffic.class, rig.call(200, "GET", "/api/v1/apps/web/traffic" + query));
  }

  @Test
  void historyAndTheCollectorsPageTellWhatNodesAnswered() {
    first.report(new Traffic("a-1", List.of()));
    second.report(new Traffic("a-1", List.of()));
    first.report(answered(90, 10, 3));
    second.report(answered(100, 0, 5));
    String page = rig.call(200, "GET", "/metrics");
    String labels = "{project=\"web\",app=\"web\",node=\"node-1\"";
    for (String line :
        new String[] {
          "temps_http_requests_total" + labels + ",class=\"2xx\"} 90",
          "temps_http_requests_total" + labels + ",class=\"5xx\"} 10",
          "temps_http_request_duration_seconds_bucket" + labels + ",le=\"0.002\"} 0",
          "temps_http_request_duration_seconds_bucket" + labels + ",le=\"0.004\"} 100",
          "temps_http_request_duration_seconds_bucket" + labels + ",le=\"+Inf\"} 100",
          "temps_http_request_duration_seconds_sum" + labels + "} 0.3",
          "temps_http_request_duration_seconds_count" + labels + "} 100",
          "temps_http_sent_bytes_total" + labels + "} 2000",
          "temps_http_connections" + labels + "} 3"
        }) {
      assertTrue(page.contains(line + "\n"), line + " is missing in\n" + page);
    }
    Eventually.eventually(
        Duration.ofSeconds(30), "a point was written", () -> !traffic("").points().isEmpty());
    AppTraffic all = traffic("");
    assertEquals("web", all.app());
    assertEquals(200, all.total().requests());
    assertEquals(10, all.total().status5xx());
    assertEquals(3, all.total().p50Millis());
    assertEquals(5, all.total().p99Millis());
    assertEquals(6, all.total().connections());
    assertEquals(List.of("node-1", "node-2"), all.nodes().stream().map(n -> n.node()).toList());
    assertEquals(20.0, all.points().getFirst().figures().perSecond(), 0.001);
    assertEquals(100, traffic("?node=node-2").total().requests());
    assertEquals(60, traffic("?step=60").stepSeconds());
    for (String wrong : new String[] {"?step=7", "?from=1", "?from=2100-01-01T00:00:00Z"}) {
      rig.call(422, "GET", "/api/v1/apps/web/traffic" + wrong);
    }
    rig.call(404, "GET", "/api/v1/apps/web/traffic?node=none");
    rig.call(404, "GET", "/api/v1/apps/none/traffic");
  }

  @Test
  void accessLogsOfAllNodesAreOneSortedStream() {
    rig.gateway.request(first.id, "web", "2026-01-01T00:00:01Z", "one");
    rig.gateway.request(second.id, "web", "2026-01-01T00:00:02Z", "two");
    rig.gateway.request(first.id, "web", "2026-01-01T00:00:03Z", "three");
    rig.gateway.request(first.id, "other", "2026-01-01T00:00:03Z", "not ours");
    assertEquals(
        List.of("node-1 one", "node-2 two", "node-1 three"), lines("/api/v1/apps/web/access-log"));
    assertEquals(List.of("node-2 two"), lines("/api/v1/apps/web/access-log?node=node-2"));
    assertEquals(List.of("node-1 three"), lines("/api/v1/apps/web/access-log?tail=1"));
    rig.gateway.reachable(second.id, false);
    List<String> cut = lines("/api/v1/apps/web/access-log");
    assertEquals(3, cut.size());
    assertTrue(
        cut.getLast().startsWith("node-2 (The agent of node-2 can't be reached"), cut::toString);
    rig.call(404, "GET", "/api/v1/apps/none/access-log");
    rig.call(404, "GET", "/api/v1/apps/web/access-log?node=none");
    rig.call(422, "GET", "/api/v1/apps/web/access-log?tail=-1");
    assertTrue(rig.call(200, "GET", "/api/v1/audit").contains("app.logs"));
  }

  private List<String> lines(String path) {
    return rig.call(200, "GET", path)
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> Json.read(LogLine.class, line))
        .map(line -> line.source() + " " + line.line())
        .toList();
  }

  @Test
  void whoMayNotSeeAnAppSeesNothingOfItsRequests() {
    Person viewer = rig.person("{\"name\":\"v\",\"role\":\"viewer\"}");
    assertEquals(200, viewer.call("GET", "/api/v1/apps/web/traffic", null).statusCode());
    assertEquals(403, viewer.call("GET", "/api/v1/apps/web/access-log", null).statusCode());
    Person other = rig.person("{\"name\":\"d\",\"role\":\"developer\",\"projects\":[\"shop\"]}");
    assertEquals(404, other.call("GET", "/api/v1/apps/web/traffic", null).statusCode());
    assertEquals(404, other.call("GET", "/api/v1/apps/web/access-log", null).statusCode());
    assertFalse(other.call("GET", "/api/v1/apps/web/access-log", null).body().contains("node-1"));
  }
}
