package dev.temps.bench.scale;

import static dev.temps.bench.scale.ScaleGround.millis;

import dev.temps.bench.Samples;
import dev.temps.bench.scale.Fleets.Site;
import java.io.IOException;
import java.util.List;

/** First releases that fit nowhere: what it costs to look for room for them again and again. */
final class WaitingRun {
  private static final int PER_NODE = 20;
  private static final int FULL_MILLIS = 16_000 / PER_NODE;
  private static final int RUNS = 3;

  private WaitingRun() {}

  static void run(Grid grid, int nodes, int waiting) throws IOException {
    String column = "%,d waiting, %,d nodes".formatted(waiting, nodes);
    try (ScaleGround ground = new ScaleGround(nodes, WaitingRun::full)) {
      String reason = reason(ground);
      ground.crowd((crowd, _) -> {
        for (int i = 1; i < waiting; i++) {
          crowd.waiting("waits-" + i, nodes * PER_NODE + i, FULL_MILLIS, 64L << 20, reason);
        }
      });
      ground.tick();
      grid.put("first pass (ms)", column, millis(ground.control.reconciler::step));
      Samples quiet = new Samples();
      for (int i = 0; i < RUNS; i++) {
        ground.tick();
        quiet.add(millis(ground.control.reconciler::step));
      }
      grid.put("quiet pass, median of 3 (ms)", column, quiet.median());
      System.err.println(column + " quiet " + quiet.median());
      ground.control.apps.remove("full-0", ScaleControl.ANNA);
      ground.tick();
      double after = millis(ground.control.reconciler::step);
      grid.put("pass in which one of them gets a place that was left (ms)", column, after);
    }
  }

  private static String reason(ScaleGround ground) {
    return ground.control.database.read(h ->
        h.createQuery("SELECT reason FROM deployments WHERE state = 'starting'")
            .mapTo(String.class)
            .one());
  }

  /** Full nodes, and the first that waits. */
  private static void full(Crowd crowd, List<Site> sites) {
    for (int i = 0; i < sites.size() * PER_NODE; i++) {
      Site site = sites.get(i % sites.size());
      crowd.serving("full-" + i, i, List.of(site), FULL_MILLIS, 64L << 20);
    }
    crowd.waiting("waits-0", sites.size() * PER_NODE, FULL_MILLIS, 64L << 20, "new");
  }
}
