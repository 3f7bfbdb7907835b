package dev.temps.agent.mesh;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a peer's endpoints to speak to: one after the other until something comes back, then
 * that one as long as it works. Pure.
 *
 * <p>The device itself follows a peer that speaks from another address, so an endpoint that works
 * is never replaced, not even by a better candidate.
 */
final class EndpointPlanner {
  /**
   * How long a candidate may take: WireGuard sends its first packet again after 5 to 5.4 seconds,
   * and each has to get one.
   */
  static final Duration TRIAL = Duration.ofSeconds(6);

  /** Silence after which one that worked is given up; an idle peer answers within 10 s. */
  static final Duration SILENCE = Duration.ofSeconds(12);

  private EndpointPlanner() {}

  /**
   * The candidate that is being tried or has worked.
   *
   * @param since monotonic time it was first spoken to
   */
  record Trial(String endpoint, Duration since) {}

  /**
   * What is known about a peer now.
   *
   * @param inUse endpoint of the device, null when it has none
   * @param answered whether the last probe was answered
   * @param receivedAt monotonic time anything came from the peer, null for never
   */
  record Seen(@Nullable String inUse, boolean answered, @Nullable Duration receivedAt) {}

  /**
   * The trial from now on. When its endpoint isn't the device's, the device has to be told. Null
   * when there is no candidate: the peer has to speak first.
   */
  static @Nullable Trial next(
      List<String> candidates, @Nullable Trial current, Seen seen, Duration now) {
    if (candidates.isEmpty()) {
      return null;
    }
    if (current == null) {
      String first = seen.inUse() != null ? seen.inUse() : candidates.getFirst();
      return new Trial(first, now);
    }
    if (seen.answered()) {
      return seen.inUse() == null ? current : new Trial(seen.inUse(), current.since());
    }
    boolean tried = now.minus(current.since()).compareTo(TRIAL) >= 0;
    if (!tried || heard(current, seen, now)) {
      return current;
    }
    int index = candidates.indexOf(current.endpoint()); // −1 for one that is no candidate now
    return new Trial(candidates.get((index + 1) % candidates.size()), now);
  }

  private static boolean heard(Trial current, Seen seen, Duration now) {
    Duration at = seen.receivedAt();
    return at != null && at.compareTo(current.since()) >= 0 && now.minus(at).compareTo(SILENCE) < 0;
  }
}
