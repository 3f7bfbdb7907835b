package dev.temps.control;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.CaAuthority;
import dev.temps.contract.api.CaView;
import dev.temps.contract.json.Json;
import dev.temps.control.testing.Person;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CA is rotated on a control plane that serves people and nodes over the real wire. */
class CaRotationFlowTest {
  private static final String ROTATION = "/api/v1/authorities/rotation";
  private static final Duration LIMIT = Duration.ofSeconds(20);

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

  private CaView shown() {
    return Json.read(CaView.class, rig.call(200, "GET", "/api/v1/authorities"));
  }

  @Test
  void itWaitsForANodeThatCantSayAndWithoutItEndsWithOldPinsStillGood() {
    CaAuthority before = shown().authorities().getFirst();
    rig.call(200, "POST", ROTATION, "{}");
    eventually(
        LIMIT,
        "the older agent is named",
        () -> rig.call(200, "GET", "/api/v1/authorities").contains("node-1 (its agent is too old"));
    assertEquals(2, shown().authorities().size());
    rig.call(200, "POST", ROTATION, "{\"without\":[\"node-1\"]}");
    eventually(LIMIT, "one CA is left", () -> shown().rotation() == null);
    CaAuthority after = shown().authorities().getFirst();
    assertNotEquals(before.fingerprint(), after.fingerprint());
    String events = rig.call(200, "GET", "/api/v1/events");
    assertTrue(events.contains("left behind: node-1"), events);

    Person pinned = rig.withToken(rig.ownerToken());
    assertEquals(200, pinned.call("GET", "/api/v1/whoami", null).statusCode());
    rig.join();
    String nodes = rig.call(200, "GET", "/api/v1/nodes");
    assertTrue(nodes.contains("node-2"), nodes);
  }
}
