package dev.temps.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Seeds nobody has tried, spread over all worlds; their base is printed. Run by {@code sim/run} and
 * not with the other tests: a seed that shows a fault of long ago must not stop a change that has
 * nothing to do with it. {@code -Dsim.seeds} says how many, {@code -Dsim.base} from where on,
 * {@code -Dsim.report} where a report is to be written; {@code -Dworld} and {@code -Dseed} repeat
 * one run.
 */
class FreshSeeds {
  private static final int SEEDS = 300;
  private static final int BASES = 1_000_000_000;

  @Test
  void everyRuleHoldsForSeedsNobodyHasTried() throws Exception {
    String only = System.getProperty("world");
    if (only != null) {
      Run.Outcome one = Run.of(World.valueOf(only), Long.getLong("seed", 1));
      System.out.println(String.join("\n", one.notes()));
      assertEquals(null, one.broken(), () -> Summary.failure(one));
      return;
    }
    long base = Long.getLong("sim.base", new SecureRandom().nextInt(BASES));
    int seeds = Integer.getInteger("sim.seeds", SEEDS);
    System.out.println("simulation: " + seeds + " seeds from " + base + " on");
    List<Run.Outcome> outcomes = all(base, seeds);
    report(outcomes, base);
    List<String> broken =
        outcomes.stream().filter(o -> o.broken() != null).map(Summary::failure).toList();
    assertEquals(List.of(), broken);
  }

  private static List<Run.Outcome> all(long base, int seeds)
      throws InterruptedException, ExecutionException {
    World[] worlds = World.values();
    List<Callable<Run.Outcome>> runs = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      long seed = base + i;
      World world = worlds[i % worlds.length];
      runs.add(() -> Run.of(world, seed));
    }
    List<Run.Outcome> outcomes = new ArrayList<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (Future<Run.Outcome> run : workers.invokeAll(runs)) {
        outcomes.add(run.get());
      }
    }
    return outcomes;
  }

  private static void report(List<Run.Outcome> outcomes, long base) throws IOException {
    String text = Summary.table(outcomes, base);
    System.out.println(text);
    String file = System.getProperty("sim.report");
    if (file != null) {
      Files.writeString(Path.of(file), text);
    }
  }
}
