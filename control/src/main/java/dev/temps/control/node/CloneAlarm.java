package dev.temps.control.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Notices two machines that share one identity: they end each other's sessions in turn. Not
 * thread-safe; its owner guards it.
 */
final class CloneAlarm {
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final Duration QUIET = Duration.ofSeconds(60);
  private static final int SWITCHES_MIN = 4;

  /** Which machine opened a session, as far as one can tell from outside. */
  record Origin(String bootId, String address) {}

  private record Switch(Duration at, Origin from, Origin to) {}

  private final ArrayDeque<Switch> switches = new ArrayDeque<>();
  private Optional<Origin> last = Optional.empty();
  private boolean ringing;

  /**
   * A session was opened.
   *
   * @return a sentence for people when this makes the alarm ring, empty when not, or already
   */
  Optional<String> opened(Origin origin, Duration now) {
    last.filter(l -> !l.equals(origin)).ifPresent(l -> switches.add(new Switch(now, l, origin)));
    last = Optional.of(origin);
    forget(now);
    long recent = switches.stream().filter(s -> now.minus(s.at()).compareTo(WINDOW) <= 0).count();
    if (ringing || recent < SWITCHES_MIN) {
      return Optional.empty();
    }
    ringing = true;
    return Optional.of(sentence());
  }

  /** What is wrong, while the alarm rings; empty when it doesn't (any more). */
  Optional<String> ringing(Duration now) {
    forget(now);
    return ringing ? Optional.of(sentence()) : Optional.empty();
  }

  private void forget(Duration now) {
    while (!switches.isEmpty()
        && now.minus(switches.getFirst().at()).compareTo(QUIET) > 0
        && (switches.size() > SWITCHES_MIN || quiet(now))) {
      switches.removeFirst();
    }
    if (switches.isEmpty()) {
      ringing = false;
    }
  }

  private boolean quiet(Duration now) {
    return now.minus(switches.getLast().at()).compareTo(QUIET) > 0;
  }

  private String sentence() {
    Switch latest = switches.getLast();
    return "Two machines use this node's identity ("
        + latest.from().address()
        + " and "
        + latest.to().address()
        + "): one is a copy of the other. On the copy, delete /var/lib/temps/agent and join again.";
  }
}
