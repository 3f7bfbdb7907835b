package dev.temps.agent.ingress;

import dev.temps.agent.traffic.RequestLine;
import dev.temps.agent.traffic.RequestTaker;
import dev.temps.kit.Time;
import java.time.Duration;

/**
 * Passes one worker's lines on once, although each connection begins with all that are in its ring.
 * Where it stands is told by the time of the last line and how many had it. A clock that was set
 * back would hide what is new, so the looking back ends after three seconds. For one thread at a
 * time.
 */
final class OnceTaker implements RequestTaker {
  private static final Duration LOOK_BACK = Duration.ofSeconds(3);

  private final RequestTaker next;
  private final Time time;
  private long lastAt;
  private long atLast;
  private long again;
  private boolean lookingBack;
  private Duration begunAt = Duration.ZERO;

  /**
   * For one worker.
   *
   * @param seen lines up to this time were taken before, milliseconds since the epoch
   */
  OnceTaker(RequestTaker next, long seen, Time time) {
    this.next = next;
    this.time = time;
    this.lastAt = seen;
    this.atLast = Long.MAX_VALUE;
  }

  /** A connection begins. */
  void begin() {
    lookingBack = true;
    again = 0;
    begunAt = time.elapsed();
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    long at = RequestLine.at(bytes, from, to);
    if (lookingBack && taken(at)) {
      return;
    }
    atLast = at == lastAt && atLast < Long.MAX_VALUE ? atLast + 1 : 1;
    lastAt = at;
    next.take(bytes, from, to);
  }

  private boolean taken(long at) {
    boolean known = at < lastAt || (at == lastAt && again++ < atLast);
    lookingBack = known && time.elapsed().minus(begunAt).compareTo(LOOK_BACK) < 0;
    return lookingBack;
  }
}
