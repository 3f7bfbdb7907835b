package dev.temps.contract.release;

/**
 * The line that the switching script writes, and nobody else.
 *
 * @param word {@code trial}, {@code returning}, {@code done} or {@code back}; "" before the first
 * @param attempt which try
 * @param home folder of the new release
 * @param detail why it went back
 */
public record SwitchOutcome(String word, String attempt, String home, String detail) {
  /** Nothing was ever switched. */
  public static final SwitchOutcome NONE = new SwitchOutcome("", "", "", "");

  static SwitchOutcome parse(String line) {
    String[] words = line.strip().split(" ", 4);
    return words.length < 3
        ? NONE
        : new SwitchOutcome(words[0], words[1], words[2], words.length > 3 ? words[3] : "");
  }
}
