package dev.temps.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.AppView;
import dev.temps.contract.api.LossView;
import dev.temps.contract.api.PlacementVerdict;
import dev.temps.contract.api.PlacementView;
import dev.temps.contract.api.StatusView;
import dev.temps.contract.json.Json;
import dev.temps.kit.testing.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explanations and simulations as the API tells them. */
class ForesightFlowTest {
  @TempDir Path folder;
  private ApiRig rig;

  @BeforeEach
  void start() {
    rig = new ApiRig(folder);
    rig.gateway.push("web:latest", "sha256:" + "0b".repeat(32), "amd64");
    rig.join();
    rig.join();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private PlacementView placement() {
    return Json.read(PlacementView.class, rig.call(200, "GET", "/api/v1/apps/web/placement"));
  }

  @Test
  void theDefaultIsSetByOperatorsSeenByViewersAndAudited() {
    String path = "/api/v1/placement";
    var viewer = rig.person("{\"name\":\"vera\",\"role\":\"viewer\"}");
    String none = "{\"strategy\":\"spread\",\"spreading\":[],\"packing\":[]}";
    assertEquals(none, viewer.call("GET", path, null).body());
    assertEquals(403, viewer.call("PUT", path, "{\"strategy\":\"pack\"}").statusCode());
    rig.call(200, "PUT", path, "{\"strategy\":\"pack\"}");
    assertEquals(none.replace("spread\",", "pack\","), viewer.call("GET", path, null).body());
    for (String bad : List.of("{}", "{\"strategy\":null}")) {
      String refused = rig.call(400, "PUT", path, bad);
      assertTrue(refused.contains("strategy"), refused);
    }
    String refused = rig.call(422, "PUT", path, "{\"strategy\":\"Pack\"}");
    assertTrue(refused.contains("Use spread or pack."), refused);
    rig.call(400, "PUT", path, "{\"strategy\":\"pack\",\"weight\":1}");
    String audit = rig.call(200, "GET", "/api/v1/audit");
    assertTrue(audit.contains("placement.set"), audit);
    assertTrue(audit.contains("apps that say nothing: pack, no longer spread"), audit);
  }

  @Test
  void anAppThatRunsWellIsExplainedAndALossToldOf() {
    rig.call(
        201,
        "POST",
        "/api/v1/deployments",
        "{\"project\":\"web\",\"image\":\"web\",\"replicas\":2}");
    Eventually.eventually(
        Duration.ofSeconds(15),
        "the app serves",
        () -> {
          rig.report();
          String app = rig.call(200, "GET", "/api/v1/apps/web");
          return Json.read(AppView.class, app).state().equals("running");
        });
    PlacementView view = placement();
    assertEquals("web runs well: 2 of 2 healthy, on node-1, node-2.", view.summary());
    assertEquals("The next replica would go to node-1.", view.next());
    assertEquals(
        List.of("node-1", "node-2"), view.nodes().stream().map(PlacementVerdict::node).toList());
    assertTrue(view.nodes().getFirst().chosen());
    String answer =
        rig.call(200, "POST", "/api/v1/nodes/simulate-loss", "{\"nodes\":[\"node-2\"]}");
    LossView loss = Json.read(LossView.class, answer);
    assertEquals("Losing node-2 stops no app.", loss.summary());
    assertEquals("continues", loss.apps().getFirst().outcome());
    assertEquals("node-1", loss.apps().getFirst().moves().getFirst().to());
    String status = rig.call(200, "GET", "/api/v1/status");
    var tolerance = Json.read(StatusView.class, status).tolerance();
    assertNotNull(tolerance);
    assertEquals("You can lose any 1 machine.", tolerance.sentences().getFirst());
    String refused =
        rig.call(404, "POST", "/api/v1/nodes/simulate-loss", "{\"nodes\":[\"node-9\"]}");
    assertTrue(refused.contains("node-9"), refused);
  }
}
