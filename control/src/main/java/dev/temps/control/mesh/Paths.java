package dev.temps.control.mesh;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ways between all nodes at one moment. Immutable. */
public final class Paths {
  /** Everybody reaches everybody directly. */
  public static final Paths DIRECT = new Paths(Map.of(), Map.of());

  private final Map<Pair, Path> relayed;
  private final Map<Pair, String> stuck;

  /**
   * These ways; every other pair is direct.
   *
   * @param stuck pairs that don't reach each other and can't be helped, with why
   */
  Paths(Map<Pair, Path> relayed, Map<Pair, String> stuck) {
    this.relayed = new TreeMap<>(relayed);
    this.stuck = new TreeMap<>(stuck);
  }

  /** How two nodes reach each other when it isn't directly. */
  public Optional<Path> between(String one, String other) {
    return one.equals(other)
        ? Optional.empty()
        : Optional.ofNullable(relayed.get(Pair.of(one, other)));
  }

  /** Id of the node in between, null for the direct way. */
  public @Nullable String via(String one, String other) {
    return between(one, other).map(Path::via).orElse(null);
  }

  /** Why a pair that doesn't reach each other can't be helped. */
  Optional<String> stuck(String one, String other) {
    return Optional.ofNullable(stuck.get(Pair.of(one, other)));
  }

  /** All that nodes are told of it, the same text for the same ways. */
  public String text() {
    StringBuilder all = new StringBuilder();
    relayed.forEach((pair, path) ->
        all.append(pair.low())
            .append(' ')
            .append(pair.high())
            .append(' ')
            .append(path.via())
            .append('\n'));
    return all.toString();
  }
}
