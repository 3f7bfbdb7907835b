package dev.temps.agent.join;

import io.avaje.jsonb.Json;

/**
 * One thing a machine needs to be a node.
 *
 * @param what stable short name, e.g. docker
 * @param ok whether it is there
 * @param why what was found, in words
 * @param howToGetIt what to do about it, empty when ok
 */
@Json
public record Finding(String what, boolean ok, String why, String howToGetIt) {
  static Finding good(String what, String why) {
    return new Finding(what, true, why, "");
  }

  static Finding bad(String what, String why, String howToGetIt) {
    return new Finding(what, false, why, howToGetIt);
  }

  /** One line for a terminal. */
  public String line() {
    return (ok ? "ok   " : "FAIL ") + what + ": " + why + (ok ? "" : " " + howToGetIt);
  }
}
