package dev.temps.control.mesh;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a pair that isn't plainly well. Times are monotonic. Immutable.
 *
 * @param via the node in between, null for the direct way
 * @param brokenSince since when neither end reaches the other, null while they do
 * @param directSince since when the direct way works beside the relay, null while it doesn't
 * @param returnedAt when it went back to the direct way last, null for never
 * @param returns how often it did so too early, one time soon after the other
 * @param avoided relays that did not work, and until when not to try them again
 */
record PathWatch(
    @Nullable String via,
    @Nullable Duration brokenSince,
    @Nullable Duration directSince,
    @Nullable Duration returnedAt,
    int returns,
    Map<String, Duration> avoided) {
  private static final int RETURNS_MAX = 6; // ten seconds become eleven minutes, not more

  PathWatch {
    avoided = Map.copyOf(avoided);
  }

  static PathWatch on(@Nullable String via) {
    return new PathWatch(via, null, null, null, 0, Map.of());
  }

  /** The same after another look. */
  PathWatch seen(Link link, Duration now) {
    boolean broken = link.state() == Link.State.broken;
    boolean direct = via != null && link.direct();
    return new PathWatch(
        via,
        broken ? (brokenSince == null ? now : brokenSince) : null,
        direct ? (directSince == null ? now : directSince) : null,
        returnedAt,
        returns,
        avoided);
  }

  /** Through {@code relay} from now on; one that comes soon after a return was one too early. */
  PathWatch through(String relay, boolean early) {
    int next = via != null ? returns : early ? Math.min(returns + 1, RETURNS_MAX) : 0;
    return new PathWatch(relay, null, null, returnedAt, next, avoided);
  }

  /** Directly from now on. */
  PathWatch back(Duration now) {
    return new PathWatch(null, null, null, now, returns, Map.of());
  }

  /** The same without that relay until a time. */
  PathWatch avoiding(String relay, Duration until) {
    var next = new java.util.HashMap<>(avoided);
    next.put(relay, until);
    return new PathWatch(via, brokenSince, directSince, returnedAt, returns, next);
  }

  boolean brokenFor(Duration limit, Duration now) {
    return brokenSince != null && now.minus(brokenSince).compareTo(limit) >= 0;
  }

  boolean directFor(Duration limit, Duration now) {
    return directSince != null && now.minus(directSince).compareTo(limit) >= 0;
  }
}
