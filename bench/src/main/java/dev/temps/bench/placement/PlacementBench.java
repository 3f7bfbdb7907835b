package dev.temps.bench.placement;

import dev.temps.bench.Samples;
import dev.temps.bench.Table;
import dev.temps.bench.placement.Mix.Item;
import dev.temps.control.scheduler.NodeState;
import dev.temps.control.scheduler.Spread;
import dev.temps.control.scheduler.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The budgets of placement, measured one after the other in this process. Usage: {@code
 * PlacementBench RESULT_FILE}.
 */
public final class PlacementBench {
  private static final int NODES = 5_000;
  private static final int PLACEMENTS = 50_000;
  private static final int WARM_UPS = 5;
  private static final int RUNS = 9;
  private static final int DURABLE_RUNS = 5;
  private static final int BATCH = 1_000;

  private static final int PACKED = 10_000;
  private static final int SEEDS = 30;
  private static final int FENZO_SEEDS = 5;
  // Fenzo looks at every node for every task: what takes the board a quarter second takes it hours.
  private static final int FENZO_TASKS = 5_000;

  // As many as Timefold can place and improve in its minute; more, and it only begins.
  private static final int TIMEFOLD_ITEMS = 2_000;
  private static final int TIMEFOLD_SEEDS = 5;
  private static final Duration TIMEFOLD_GIVEN = Duration.ofSeconds(60);

  private static final double PERCENT = 100;

  private final Table table = new Table();

  private PlacementBench() {}

  /** Runs all and writes the table. */
  public static void main(String[] args) throws Exception {
    PlacementBench bench = new PlacementBench();
    bench.inMemory();
    bench.durable();
    bench.packing();
    bench.besideTimefold();
    bench.besideFenzo();
    String text = bench.table.markdown() + "\n" + bench.notes();
    System.out.println(text);
    Files.writeString(Path.of(args[0]), text);
  }

  private void inMemory() {
    List<Item> warm = Mix.warm(PLACEMENTS, 1);
    List<Item> distinct = Mix.distinct(PLACEMENTS, 1);
    for (int i = 0; i < WARM_UPS; i++) {
      spread(warm);
      spread(distinct);
    }
    Samples ofWarm = new Samples();
    Samples ofDistinct = new Samples();
    Samples ofPacked = new Samples();
    for (int i = 0; i < RUNS; i++) {
      ofWarm.add(spread(warm));
      ofDistinct.add(spread(distinct));
    }
    for (int i = 0; i < RUNS; i++) {
      ofPacked.add(BoardRun.run(Mix.nodes(NODES), warm, Strategy.PACK, List.of()).perSecond());
    }
    String how = "median of " + RUNS;
    table.atLeastRate(
        "placements/s in memory, warm classes", ofWarm.median(), 20_000, 200_000, how);
    table.atLeastRate(
        "placements/s in memory, all specs distinct", ofDistinct.median(), 2_000, 20_000, how);
    table.note("placements/s in memory, warm classes, packed", rounded(ofPacked.median()));
  }

  private static double spread(List<Item> items) {
    return BoardRun.run(Mix.nodes(NODES), items, Strategy.SPREAD, Spread.USUAL).perSecond();
  }

  private void durable() throws IOException, SQLException {
    Samples samples = new Samples();
    for (int i = 0; i < DURABLE_RUNS; i++) {
      Path folder = Files.createTempDirectory("placement-bench");
      Path file = folder.resolve("bench.db");
      samples.add(DurableRun.perSecond(file, Mix.nodes(NODES), Mix.warm(PLACEMENTS, 1), BATCH));
      for (String end : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(folder.resolve("bench.db" + end));
      }
      Files.delete(folder);
    }
    table.atLeastRate(
        "placements/s with the durable commit, " + BATCH + " in a transaction",
        samples.median(),
        5_000,
        20_000,
        "median of " + DURABLE_RUNS);
  }

  private void packing() {
    Samples excess = new Samples();
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      List<Item> items = Mix.warm(PACKED, seed);
      double over = over(packed(items).nodes(), Mix.lowerBound(items));
      excess.add(over);
      sum += over;
    }
    table.atMost(
        "nodes used over the lower bound, packed",
        sum / SEEDS,
        3,
        1,
        "%",
        "mean of %d seeds, worst %.2f".formatted(SEEDS, excess.max()));
  }

  /** Packs on as many nodes as would hold twice the items. */
  private static BoardRun.Result packed(List<Item> items) {
    return BoardRun.run(nodesFor(items), items, Strategy.PACK, List.of());
  }

  private static List<NodeState> nodesFor(List<Item> items) {
    return Mix.nodes(items.size() / 8);
  }

  private static double over(int nodes, int other) {
    return PERCENT * nodes / other - PERCENT;
  }

  private void besideTimefold() {
    double sum = 0;
    int ours = 0;
    int theirs = 0;
    int bound = 0;
    for (int seed = 1; seed <= TIMEFOLD_SEEDS; seed++) {
      List<Item> items = Mix.warm(TIMEFOLD_ITEMS, seed);
      int board = packed(items).nodes();
      int timefold = TimefoldRun.nodes(nodesFor(items), items, TIMEFOLD_GIVEN);
      ours += board;
      theirs += timefold;
      bound += Mix.lowerBound(items);
      sum += over(board, timefold);
    }
    table.atMost(
        "nodes used over Timefold's given " + TIMEFOLD_GIVEN.toSeconds() + " s, packed",
        sum / TIMEFOLD_SEEDS,
        3,
        1,
        "%",
        "%d items, mean of %d seeds; nodes in all: board %d, Timefold %d, lower bound %d"
            .formatted(TIMEFOLD_ITEMS, TIMEFOLD_SEEDS, ours, theirs, bound));
  }

  private void besideFenzo() {
    List<NodeState> nodes = Mix.nodes(NODES);
    List<Item> tasks = Mix.warm(FENZO_TASKS, 1);
    FenzoRun.run(nodes, tasks.subList(0, tasks.size() / 2)); // warm-up; the board has had its own
    double fenzo = FenzoRun.run(nodes, tasks).perSecond();
    double board = BoardRun.run(nodes, tasks, Strategy.PACK, List.of()).perSecond();
    table.atLeastTimes(
        "speed against Fenzo, packed",
        board / fenzo,
        1,
        10,
        "%,.0f and %,.0f placements/s, %d tasks".formatted(board, fenzo, FENZO_TASKS));
    int ours = 0;
    int theirs = 0;
    for (int seed = 1; seed <= FENZO_SEEDS; seed++) {
      List<Item> items = Mix.warm(PACKED, seed);
      ours += packed(items).nodes();
      theirs += FenzoRun.run(nodesFor(items), items).nodes();
    }
    table.below(
        "nodes used against Fenzo, packed",
        1.0 * ours / theirs,
        1,
        1,
        "×",
        "%d and %d nodes, %d items, %d seeds".formatted(ours, theirs, PACKED, FENZO_SEEDS));
  }

  private static String rounded(double perSecond) {
    return String.format(Locale.ROOT, "%,.0f /s", perSecond);
  }

  private String notes() {
    return """
    %,d nodes and %,d placements, one at a time, each counted before the next; 500 specs, a \
    fifth of them asking for labels; the usual spread over five zones and all nodes unless it \
    says packed, which is without spread. A node has 16 cores and 64 GiB, an item up to an \
    eighth of each. Packing is of %,d items in the order they come; nothing is known of those \
    still to come, while Timefold sees all at once. Fenzo packs by cpu and memory with its \
    own threads; both get their items in one call.
    """
        .formatted(NODES, PLACEMENTS, PACKED);
  }
}
