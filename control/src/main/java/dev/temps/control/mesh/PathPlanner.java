package dev.temps.control.mesh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pairs go through a third node. Pure: one object is one look.
 *
 * <p>A relay is only over two pairs that work directly, so packets never go round in circles. What
 * changes has been so for a while, and the while before a return doubles each time a return was too
 * early.
 */
final class PathPlanner {
  /** How long neither end has to miss the other. */
  static final Duration BROKEN = Duration.ofMillis(2_500);

  /** The same through a relay, which also has to be set up first. */
  static final Duration RELAY_BROKEN = Duration.ofSeconds(5);

  /** How long the direct way has to work again. */
  static final Duration RETURN = Duration.ofSeconds(10);

  private static final Duration EARLY = Duration.ofMinutes(10);
  private static final Duration AVOID = Duration.ofMinutes(1);
  private static final long LIKE_MICROS = 10_000; // closer than this, load decides

  private final Sight sight;
  private final Duration now;
  private final Set<String> nodes;
  private final Map<Pair, PathWatch> watches;
  private final List<Turn> turns = new ArrayList<>();
  private final Set<Pair> stuck = new TreeSet<>();

  private PathPlanner(Map<Pair, PathWatch> before, Sight sight, Duration now) {
    this.watches = new TreeMap<>(before);
    this.sight = sight;
    this.now = now;
    this.nodes = new HashSet<>(sight.nodes());
  }

  /**
   * What a look brought.
   *
   * @param watches for the next look
   * @param stuck pairs that don't reach each other, and nobody reaches both
   */
  record Plan(Map<Pair, PathWatch> watches, List<Turn> turns, Set<Pair> stuck) {}

  /** One look. {@code before} is what the one before brought. */
  static Plan plan(Map<Pair, PathWatch> before, Sight sight, Duration now) {
    PathPlanner planner = new PathPlanner(before, sight, now);
    planner.look();
    return new Plan(planner.watches, planner.turns, planner.stuck);
  }

  private void look() {
    for (Pair pair : sight.troubled()) {
      watches.putIfAbsent(pair, PathWatch.on(null));
    }
    for (Pair pair : List.copyOf(watches.keySet())) {
      if (!nodes.contains(pair.low()) || !nodes.contains(pair.high())) {
        drop(pair);
      }
    }
    watches.replaceAll((pair, watch) -> watch.seen(sight.link(pair, watch.via()), now));
    List<Pair> relayed = watches.keySet().stream().filter(p -> via(p) != null).toList();
    for (Pair pair : List.copyOf(watches.keySet())) {
      if (via(pair) == null) {
        direct(pair, watch(pair));
      }
    }
    relayed.forEach(pair -> relayed(pair, watch(pair))); // after: a leg may have turned
    watches.values().removeIf(this::well);
  }

  private PathWatch watch(Pair pair) {
    return watches.getOrDefault(pair, PathWatch.on(null));
  }

  private @Nullable String via(Pair pair) {
    return watch(pair).via();
  }

  private void drop(Pair pair) {
    String via = via(pair);
    watches.remove(pair);
    if (via != null) {
      turns.add(new Turn(pair, via, null, Turn.Why.nodeGone));
    }
  }

  private void direct(Pair pair, PathWatch watch) {
    if (!watch.brokenFor(BROKEN, now)) {
      return;
    }
    Optional<String> relay = choose(pair, watch);
    if (relay.isEmpty()) {
      stuck.add(pair);
      return;
    }
    watches.put(pair, watch.through(relay.get(), early(watch)));
    turns.add(new Turn(pair, null, relay.get(), Turn.Why.broken));
  }

  private boolean early(PathWatch watch) {
    Duration at = watch.returnedAt();
    return at != null && now.minus(at).compareTo(EARLY) < 0;
  }

  private void relayed(Pair pair, PathWatch watch) {
    String via = watch.via();
    if (via == null) {
      return;
    }
    if (watch.directFor(RETURN.multipliedBy(1L << watch.returns()), now)) {
      back(pair, watch, Turn.Why.directAgain);
      return;
    }
    boolean gone = !nodes.contains(via) || !leg(pair.low(), via) || !leg(pair.high(), via);
    if (!gone && !watch.brokenFor(RELAY_BROKEN, now)) {
      return;
    }
    PathWatch without = watch.avoiding(via, now.plus(AVOID));
    Optional<String> other = choose(pair, without);
    if (other.isPresent()) {
      watches.put(pair, without.through(other.get(), false));
      turns.add(new Turn(pair, via, other.get(), gone ? Turn.Why.relayGone : Turn.Why.relayBroken));
    } else if (gone) {
      back(pair, watch, Turn.Why.relayGone);
      stuck.add(pair);
    } else {
      stuck.add(pair); // it stays as it is: the relay may come back as well as the direct way
    }
  }

  private void back(Pair pair, PathWatch watch, Turn.Why why) {
    watches.put(pair, watch.back(now));
    turns.add(new Turn(pair, watch.via(), null, why));
  }

  /** Whether a relay may stand on this pair: it goes directly. */
  private boolean leg(String end, String relay) {
    return via(Pair.of(end, relay)) == null;
  }

  private Optional<String> choose(Pair pair, PathWatch watch) {
    List<String> order = sight.nodes();
    Map<String, Long> load = new HashMap<>();
    for (PathWatch other : watches.values()) {
      if (other.via() != null) {
        load.merge(other.via(), 1L, Long::sum);
      }
    }
    return order.stream()
        .filter(node -> fit(pair, watch, node))
        .min(
            Comparator.<String>comparingLong(node -> distance(pair, node) / LIKE_MICROS)
                .thenComparingLong(node -> load.getOrDefault(node, 0L))
                .thenComparingInt(order::indexOf));
  }

  private boolean fit(Pair pair, PathWatch watch, String node) {
    Duration avoided = watch.avoided().get(node);
    return !node.equals(pair.low())
        && !node.equals(pair.high())
        && sight.ready(node)
        && (avoided == null || now.compareTo(avoided) >= 0)
        && leg(pair.low(), node)
        && leg(pair.high(), node)
        && sight.link(Pair.of(pair.low(), node), null).works()
        && sight.link(Pair.of(pair.high(), node), null).works();
  }

  private long distance(Pair pair, String node) {
    return sight.link(Pair.of(pair.low(), node), null).micros()
        + sight.link(Pair.of(pair.high(), node), null).micros();
  }

  /** Whether nothing of it needs to be remembered. */
  private boolean well(PathWatch watch) {
    return watch.via() == null && watch.brokenSince() == null && !early(watch);
  }
}
