package dev.temps.bench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.api.DeployRequest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A hundred nodes and two thousand containers, without a look at any clock. */
class HundredNodesTest {
  private static final int NODES = 100;
  private static final int APPS = 40;
  private static final int REPLICAS = 50;

  @Test
  void allIsPlacedToldAndReportedAndThenNobodyWritesOrTellsAnything() throws IOException {
    try (ScaleGround ground = new ScaleGround(NODES, (_, _) -> {})) {
      for (int i = 0; i < APPS; i++) {
        ground.control.deployer.deploy(request("app-" + i), ScaleControl.ANNA);
      }
      for (int i = 0; i < 20 && count(ground, "state = 'serving'") < APPS; i++) {
        ground.round();
      }
      assertEquals(APPS, count(ground, "state = 'serving'"));
      String healthy =
          "(SELECT COUNT(*) FROM deployment_containers"
              + " WHERE removed_at IS NULL AND observed_health = 'healthy') = "
              + APPS * REPLICAS;
      assertEquals(APPS, count(ground, healthy));
      String even =
          "(SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM deployment_containers"
              + " GROUP BY node_id) AS each) = "
              + APPS * REPLICAS / NODES;
      assertEquals(APPS, count(ground, even));

      for (int i = 0; i < 5; i++) {
        ground.round(); // the last who were told say so
      }
      long writes = writes(ground);
      for (int i = 0; i < 3; i++) {
        ground.control.changes.changed(); // all look, and find that nothing is new
        ground.control.dispatcher.step();
        ground.agents.ids().forEach(id -> nothing(ground.agents.news(id)));
        ground.round();
      }
      assertEquals(writes, writes(ground));
    }
  }

  private static void nothing(Assignment news) {
    assertNull(news.workloads());
    assertNull(news.peers());
    assertNull(news.routes());
    assertNull(news.certificates());
    assertNull(news.walls());
    assertNull(news.names());
  }

  private static DeployRequest request(String app) {
    return new DeployRequest(
        app,
        null,
        Crowd.IMAGE,
        REPLICAS,
        null,
        null,
        null,
        null,
        null,
        100L,
        64L << 20,
        8080,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static int count(ScaleGround ground, String which) {
    return ground.control.database.read(h ->
        h.createQuery("SELECT COUNT(*) FROM deployments WHERE " + which)
            .mapTo(Integer.class)
            .one());
  }

  private static long writes(ScaleGround ground) {
    return ground.control.database.writeTimes().counts().stream().mapToLong(Long::longValue).sum();
  }
}
