package dev.temps.bench.placement;

import dev.temps.control.scheduler.LabelRule;
import dev.temps.control.scheduler.NodeState;
import dev.temps.control.scheduler.PlacementSpec;
import dev.temps.control.scheduler.Spread;
import dev.temps.control.scheduler.Strategy;
import dev.temps.control.scheduler.WorkloadName;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Nodes and what is to be placed on them, the same for the same seed. A node has 16 cores and 64
 * GiB; an item has up to an eighth of each, evenly distributed and independently. One spec in five
 * asks for something of the node's labels that between a fifth and four fifths of the nodes have.
 */
final class Mix {
  /** Of one node, in thousandths of a core. */
  static final long CPU_MILLIS = 16_000;

  /** Of one node, in MiB. */
  static final long MEMORY_MIB = 65_536;

  static final int SPECS = 500;
  private static final long MIB = 1L << 20;
  private static final long CPU_STEP_MILLIS = 50;
  private static final long MEMORY_STEP_MIB = 128;
  private static final int STEPS_CPU = (int) (CPU_MILLIS / 8 / CPU_STEP_MILLIS);
  private static final int STEPS_MEMORY = (int) (MEMORY_MIB / 8 / MEMORY_STEP_MIB);
  private static final List<String> ZONES = List.of("ams", "fra", "par", "waw", "zrh");

  /**
   * A kind of item.
   *
   * @param rules what it asks of labels
   */
  record Item(String name, long cpuMillis, long memoryMib, List<LabelRule> rules) {
    /** As the scheduler is asked, as the next of a release of its kind. */
    PlacementSpec spec(Strategy strategy, List<Spread> spreads) {
      return PlacementSpec.of(name, name)
          .named(WorkloadName.app("bench/" + name))
          .size(cpuMillis, memoryMib * MIB, 0)
          .labelled(rules)
          .spread(spreads)
          .by(strategy);
    }
  }

  private Mix() {}

  /** Open nodes in five zones; half have fast disks, a quarter has a gpu. */
  static List<NodeState> nodes(int count) {
    return IntStream.range(0, count).mapToObj(Mix::node).toList();
  }

  private static NodeState node(int i) {
    String name = "node-%05d".formatted(i);
    return new NodeState(
        name,
        name,
        null,
        "amd64",
        Map.of(
            "zone",
            ZONES.get(i % ZONES.size()),
            "disk",
            i / ZONES.size() % 2 == 0 ? "ssd" : "hdd",
            "gpu",
            i / ZONES.size() % 4 == 0 ? "yes" : "no"),
        CPU_MILLIS,
        MEMORY_MIB * MIB);
  }

  /** That many items drawn from {@link #SPECS} kinds. */
  static List<Item> warm(int count, long seed) {
    RandomGenerator random = new Random(seed);
    List<Item> kinds = IntStream.range(0, SPECS).mapToObj(i -> item(i, random)).toList();
    return IntStream.range(0, count).mapToObj(_ -> kinds.get(random.nextInt(SPECS))).toList();
  }

  /** That many items, each of a kind of its own. */
  static List<Item> distinct(int count, long seed) {
    RandomGenerator random = new Random(seed);
    return IntStream.range(0, count).mapToObj(i -> item(i, random)).toList();
  }

  private static Item item(int i, RandomGenerator random) {
    return new Item(
        "app-" + i,
        CPU_STEP_MILLIS * random.nextInt(1, STEPS_CPU + 1),
        MEMORY_STEP_MIB * random.nextInt(1, STEPS_MEMORY + 1),
        random.nextInt(5) == 0 ? rules(random) : List.of());
  }

  private static List<LabelRule> rules(RandomGenerator random) {
    String zone = ZONES.get(random.nextInt(ZONES.size()));
    return switch (random.nextInt(4)) {
      case 0 -> List.of(LabelRule.require("zone=" + zone));
      case 1 -> List.of(LabelRule.avoid("zone=" + zone));
      case 2 -> List.of(LabelRule.require("disk=ssd"), LabelRule.avoid("zone=" + zone));
      default -> List.of(LabelRule.require("gpu=yes"));
    };
  }

  /** Whether a node with those labels may have an item with those rules. */
  static boolean obeys(List<LabelRule> rules, Map<String, String> labels) {
    for (LabelRule rule : rules) {
      boolean there = rule.values().contains(labels.getOrDefault(rule.key(), ""));
      if (there != (rule.op() == LabelRule.Op.IN)) {
        return false;
      }
    }
    return true;
  }

  /** Fewer nodes can't hold them, whatever the constraints. */
  static int lowerBound(List<Item> items) {
    long cpu = items.stream().mapToLong(Item::cpuMillis).sum();
    long memory = items.stream().mapToLong(Item::memoryMib).sum();
    return (int) Math.max(Math.ceilDiv(cpu, CPU_MILLIS), Math.ceilDiv(memory, MEMORY_MIB));
  }
}
