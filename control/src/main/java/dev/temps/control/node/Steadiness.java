package dev.temps.control.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a node came back from the dead lately. One that does so again and again gets nothing
 * new until it stays: each time its replicas would move there, as it is the emptiest, and away
 * again. Silence that is too short to be a death moves nothing and is not counted. Immutable.
 *
 * @param returns when, on the monotonic clock, oldest first; the last few only
 */
record Steadiness(List<Duration> returns) {
  /** Nothing is known against it. */
  static final Steadiness CALM = new Steadiness(List.of());

  /** So many within {@link #WITHIN} are no accident any more. */
  static final int RETURNS_MAX = 4;

  static final Duration WITHIN = Duration.ofMinutes(10);

  /** How long it has to stay then. */
  static final Duration STAYS = Duration.ofMinutes(1);

  Steadiness {
    returns = List.copyOf(returns);
  }

  /** It came back. */
  Steadiness returned(Duration now) {
    List<Duration> next = new ArrayList<>(returns);
    next.add(now);
    return new Steadiness(next.subList(Math.max(0, next.size() - RETURNS_MAX), next.size()));
  }

  /** Whether it may get something new, as far as this goes. */
  boolean steady(Duration now) {
    return returns.size() < RETURNS_MAX
        || now.minus(returns.getFirst()).compareTo(WITHIN) > 0
        || now.minus(returns.getLast()).compareTo(STAYS) >= 0;
  }
}
