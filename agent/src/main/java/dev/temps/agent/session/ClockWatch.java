package dev.temps.agent.session;

import dev.temps.contract.agent.Condition;
import dev.temps.kit.Time;
import java.time.Duration;

/** Compares this machine's wall clock with the control plane's. Thread-safe. */
final class ClockWatch {
  private static final Duration APART_MAX = Duration.ofSeconds(30);

  private final Time time;
  private volatile Condition condition = new Condition("clock", true, "");

  ClockWatch(Time time) {
    this.time = time;
  }

  /** The other clock as it stood within a call that took {@code length}. */
  void compare(long otherMillis, Duration length) {
    Duration ahead = Duration.ofMillis(time.millis() - otherMillis).minus(length.dividedBy(2));
    condition =
        ahead.abs().compareTo(APART_MAX) <= 0
            ? new Condition("clock", true, "")
            : new Condition("clock", false, words(ahead));
  }

  private static String words(Duration ahead) {
    return "This machine's clock is "
        + ahead.abs().toSeconds()
        + " s "
        + (ahead.isNegative() ? "behind" : "ahead of")
        + " the control plane's. Certificates and log times depend on it."
        + " Set it, best with a time service such as chrony or systemd-timesyncd.";
  }

  Condition condition() {
    return condition;
  }
}
