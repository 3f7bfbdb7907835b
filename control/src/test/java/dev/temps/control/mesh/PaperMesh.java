package dev.temps.control.mesh;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Nodes with a network of which single pairs can be cut, and a planner that looks at it. */
final class PaperMesh implements Sight {
  final Set<String> dead = new TreeSet<>();
  final Set<String> notReady = new HashSet<>();
  final Set<String> forwardsNothing = new HashSet<>();
  final Map<Pair, Long> micros = new TreeMap<>();
  private final Set<Pair> cuts = new HashSet<>();
  private List<String> nodes;
  private Map<Pair, PathWatch> watches = new TreeMap<>();
  private Duration now = Duration.ZERO;
  private PathPlanner.Plan last = new PathPlanner.Plan(Map.of(), List.of(), Set.of());

  PaperMesh(String... nodes) {
    this.nodes = List.of(nodes);
  }

  void cut(String one, String other) {
    cuts.add(Pair.of(one, other));
  }

  void mend(String one, String other) {
    cuts.remove(Pair.of(one, other));
  }

  void remove(String node) {
    nodes = nodes.stream().filter(n -> !n.equals(node)).toList();
  }

  /** The control plane starts again: it knows only what it has kept. */
  void restart() {
    Map<Pair, PathWatch> kept = new TreeMap<>();
    watches.forEach((pair, watch) -> {
      if (watch.via() != null) {
        kept.put(pair, PathWatch.on(watch.via()));
      }
    });
    watches = kept;
  }

  /** Lets time pass; what turned meanwhile, in words. */
  List<String> run(double seconds) {
    List<String> turned = new java.util.ArrayList<>();
    for (long end = now.toMillis() + Math.round(seconds * 1_000); now.toMillis() < end; ) {
      now = now.plusMillis(500);
      last = PathPlanner.plan(watches, this, now);
      watches = last.watches();
      last.turns()
          .forEach(turn ->
              turned.add(
                  turn.pair().low()
                      + turn.pair().high()
                      + " "
                      + word(turn.to())
                      + " "
                      + turn.why()));
    }
    return turned;
  }

  private static String word(@Nullable String via) {
    return via == null ? "direct" : "via " + via;
  }

  @Nullable String via(String one, String other) {
    PathWatch watch = watches.get(Pair.of(one, other));
    return watch == null ? null : watch.via();
  }

  Set<Pair> stuck() {
    return last.stuck();
  }

  boolean wired(String one, String other) {
    return !cuts.contains(Pair.of(one, other)) && !dead.contains(one) && !dead.contains(other);
  }

  int remembered() {
    return watches.size();
  }

  @Override
  public List<String> nodes() {
    return nodes;
  }

  @Override
  public boolean ready(String node) {
    return !dead.contains(node) && !notReady.contains(node);
  }

  @Override
  public Link link(Pair pair, @Nullable String via) {
    if (dead.contains(pair.low()) || dead.contains(pair.high())) {
      return Link.UNKNOWN;
    }
    boolean direct = wired(pair.low(), pair.high());
    boolean passes = via == null ? direct : passes(pair, via);
    return new Link(
        passes ? Link.State.works : Link.State.broken, direct, micros.getOrDefault(pair, 500L));
  }

  private boolean passes(Pair pair, String via) {
    return wired(pair.low(), via) && wired(pair.high(), via) && !forwardsNothing.contains(via);
  }

  @Override
  public Set<Pair> troubled() {
    Set<Pair> all = new TreeSet<>();
    for (String one : nodes) {
      for (String other : nodes) {
        boolean silent = dead.contains(one) && dead.contains(other);
        if (!one.equals(other) && !silent && !wired(one, other)) {
          all.add(Pair.of(one, other));
        }
      }
    }
    return all;
  }
}
