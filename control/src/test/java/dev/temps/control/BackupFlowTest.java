package dev.temps.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.SnapshotView;
import dev.temps.contract.json.Json;
import dev.temps.control.backup.SnapshotFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots over the public API. */
class BackupFlowTest {
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

  @Test
  void theOwnerGetsASealedFileThatIsListedAndAudited() throws IOException {
    Path file = folder.resolve("got.snapshot");
    try (InputStream body = rig.owner.posted("/api/v1/snapshots").body()) {
      Files.copy(body, file);
    }
    assertEquals(1, SnapshotFile.open(file).header().epoch());
    List<SnapshotView> all =
        Json.readList(SnapshotView.class, rig.call(200, "GET", "/api/v1/snapshots"));
    assertEquals("control plane", all.getFirst().place());
    assertTrue(all.getFirst().bytes() > 0);
    rig.join();
    rig.call(502, "DELETE", "/api/v1/nodes/node-1/unclaimed/c-1");
  }

  @Test
  void aReplacedControlPlaneChangesNothingAndSaysWhy() {
    rig.supersede(2);
    String refusal = rig.call(409, "POST", "/api/v1/node-tokens", "{}");
    assertTrue(refusal.contains("/problems/superseded"), refusal);
    assertTrue(rig.call(200, "GET", "/api/v1/status").contains("replaced by a restored one"));
  }
}
