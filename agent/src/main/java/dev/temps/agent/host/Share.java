package dev.temps.agent.host;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A limit and the cgroup that sets it.
 *
 * @param limit thousandths of a core, or bytes
 */
record Share(Cgroup cgroup, long limit) {
  /** The smallest limit between a cgroup and the top; empty when none sets any. */
  static Optional<Share> smallest(Cgroup from, Function<Cgroup, OptionalLong> limitOf) {
    Optional<Share> found = Optional.empty();
    Cgroup at = from;
    while (true) {
      OptionalLong limit = limitOf.apply(at);
      if (limit.isPresent()
          && (found.isEmpty() || limit.getAsLong() < found.orElseThrow().limit())) {
        found = Optional.of(new Share(at, limit.getAsLong()));
      }
      if (at.top()) {
        return found;
      }
      at = at.up();
    }
  }
}
