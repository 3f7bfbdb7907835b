package dev.temps.lab.demo;

import java.time.Duration;
import java.util.List;

/**
 * What there is to see at one moment of a demo.
 *
 * @param since time since the demo began
 * @param phase what is going on: {@code node-3 has had no power for 7 s}
 * @param counts what became of the requests
 * @param now the moment, on the clock the counts' times are from
 * @param nodes all machines
 */
public record Frame(
    Duration since, String phase, Counts counts, Duration now, List<NodeLine> nodes) {

  /**
   * A machine as the lab knows it and as the control plane sees it.
   *
   * @param power whether it has any
   * @param liveness what the control plane says
   * @param since for how long it has been saying so
   */
  public record NodeLine(String name, boolean power, String liveness, Duration since) {}

  /** How long ago the last request failed, in words. */
  String lastFailure() {
    Duration last = counts.lastFailure();
    return last == null ? "never" : now.minus(last).toSeconds() + " s ago";
  }
}
