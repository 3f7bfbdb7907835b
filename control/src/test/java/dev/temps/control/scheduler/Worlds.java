package dev.temps.control.scheduler;

import dev.temps.control.scheduler.PlacementSpec.Ties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Clusters and specs by chance, small enough that everything collides. */
final class Worlds {
  static final long MIB = 1L << 20;
  private static final List<Level> LEVELS = List.of(Level.NODE, Level.ZONE, Level.REGION);
  private static final HostPort DNS = new HostPort(53, "udp");

  private Worlds() {}

  static Cluster cluster(RandomGenerator random, int nodesMax) {
    List<NodeState> nodes =
        IntStream.range(0, random.nextInt(nodesMax + 1)).mapToObj(i -> node(random, i)).toList();
    List<Occupant> occupants = new ArrayList<>();
    for (NodeState node : nodes) {
      for (int i = random.nextInt(4); i > 0; i--) {
        occupants.add(spec(random).size(random.nextInt(300), 50 * MIB, 0).occupant(node.id()));
      }
    }
    return new Cluster(nodes, occupants);
  }

  private static NodeState node(RandomGenerator random, int i) {
    Map<String, String> labels = new HashMap<>();
    if (random.nextInt(4) > 0) {
      labels.put("region", "r" + random.nextInt(2));
    }
    if (random.nextInt(4) > 0) {
      labels.put("zone", "z" + random.nextInt(3));
    }
    if (random.nextInt(3) == 0) {
      labels.put("gpu", "yes");
    }
    List<Taint> taints = new ArrayList<>();
    if (random.nextInt(5) == 0) {
      taints.add(new Taint("dedicated", "db", random.nextBoolean()));
    }
    return new NodeState(
        "n-" + i,
        "node-" + random.nextInt(100),
        random.nextInt(6) == 0 ? "cordoned" : null,
        random.nextInt(5) == 0 ? "arm64" : "amd64",
        labels,
        taints,
        random.nextInt(12) == 0 ? nonsense(random) : 1000L * random.nextInt(1, 5),
        256 * MIB * random.nextInt(1, 9),
        random.nextInt(3) == 0 ? 1000 * MIB : NodeState.BYTES_MAX,
        random.nextInt(9) == 0 ? new FullDisk("disk 96 % full", random.nextInt(3)) : null);
  }

  private static long nonsense(RandomGenerator random) {
    return switch (random.nextInt(3)) {
      case 0 -> -5;
      case 1 -> 0;
      default -> Long.MAX_VALUE;
    };
  }

  static PlacementSpec spec(RandomGenerator random) {
    int app = random.nextInt(4);
    return PlacementSpec.of("web" + app, "d-" + app)
        .named(name(app))
        .size(
            random.nextInt(900),
            random.nextInt(500) * MIB,
            random.nextInt(3) == 0 ? random.nextInt(400) * MIB : 0)
        .tied(ties(random))
        .labelled(random.nextInt(4) == 0 ? List.of(rule(random)) : List.of())
        .preferring(random.nextInt(4) == 0 ? List.of(rule(random)) : List.of())
        .tolerating(random.nextInt(3) == 0 ? List.of(Toleration.parse("dedicated=db")) : List.of())
        .affine(
            IntStream.range(0, Math.max(0, random.nextInt(6) - 3))
                .mapToObj(_ -> affinity(random))
                .toList())
        .spread(spreads(random))
        .by(random.nextBoolean() ? Strategy.PACK : Strategy.SPREAD)
        .everywhere(random.nextInt(10) == 0)
        .needing(random.nextInt(10) == 0 ? Set.of(DNS) : Set.of())
        .imageAt(random.nextInt(4) == 0 ? Set.of("n-0", "n-3", "n-gone") : Set.of())
        .linkedTo(random.nextInt(4) == 0 ? Set.of(name(random.nextInt(4))) : Set.of());
  }

  private static WorkloadName name(int app) {
    return app == 3 ? WorkloadName.database("shop/pg") : WorkloadName.app("shop/web" + app);
  }

  private static Ties ties(RandomGenerator random) {
    @Nullable String pinned = random.nextInt(12) == 0 ? "n-1" : null;
    List<Home> homes =
        random.nextInt(15) == 0 ? List.of(new Home("n-2", "its data is there")) : List.of();
    return new Ties(
        pinned,
        random.nextInt(3) == 0 ? List.of("amd64") : List.of(),
        random.nextInt(10) == 0 ? Set.of("n-0", "n-2", "n-4", "n-6") : null,
        homes);
  }

  private static LabelRule rule(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> LabelRule.require("zone=z0,z1");
      case 1 -> LabelRule.require("gpu");
      case 2 -> LabelRule.avoid("region=r1");
      default -> LabelRule.avoid("gpu");
    };
  }

  private static Affinity affinity(RandomGenerator random) {
    return new Affinity(
        name(random.nextInt(4)),
        random.nextBoolean(),
        random.nextInt(3) == 0,
        LEVELS.get(random.nextInt(LEVELS.size())));
  }

  private static List<Spread> spreads(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> List.of();
      case 1 -> List.of(Spread.hard(Level.ZONE, 1 + random.nextInt(2)), Spread.soft(Level.NODE));
      case 2 -> List.of(Spread.hard(Level.NODE, 1));
      case 3 -> List.of(Spread.soft(Level.REGION), Spread.soft(Level.ZONE));
      default -> Spread.USUAL;
    };
  }
}
