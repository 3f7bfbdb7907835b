package dev.temps.cli.output;

import java.util.Set;

/**
 * Colour for the words that say how something is, where colour is wanted.
 *
 * @param on false: everything stays plain
 */
public record Style(boolean on) {
  private static final Set<String> GOOD =
      Set.of("ready", "running", "serving", "healthy", "active", "yes", "open", "ok");
  private static final Set<String> BAD =
      Set.of("down", "failed", "unhealthy", "exited", "no", "unknown");
  private static final Set<String> ON_THE_WAY =
      Set.of(
          "suspect",
          "pending",
          "degraded",
          "starting",
          "pulling",
          "waiting",
          "cordoned",
          "draining");

  /** {@code shown} in the colour of {@code word}, which decides. */
  public String paint(String word, String shown) {
    if (!on) {
      return shown;
    }
    int colour = GOOD.contains(word) ? 32 : BAD.contains(word) ? 31 : 0;
    if (ON_THE_WAY.contains(word)) {
      colour = 33;
    }
    return colour == 0 ? shown : "\u001b[" + colour + "m" + shown + "\u001b[0m";
  }
}
