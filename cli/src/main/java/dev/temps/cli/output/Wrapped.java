package dev.temps.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Long sentences as lines of at most 100 columns, so that nobody has to scroll. Stateless. */
public final class Wrapped {
  private static final int COLUMNS = 100;

  private Wrapped() {}

  /**
   * The lines of a sentence.
   *
   * @param head before the first line, e.g. the first cells of a row; the others are indented as
   *     far. Words longer than a line stay whole.
   */
  public static List<String> lines(String head, String sentence) {
    String indent = " ".repeat(head.codePointCount(0, head.length()));
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(head);
    boolean fresh = true;
    for (String word : Printable.line(sentence).split(" +", -1)) {
      if (!fresh && line.codePointCount(0, line.length()) + 1 + word.length() > COLUMNS) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
        fresh = true;
      }
      line.append(fresh ? "" : " ").append(word);
      fresh = false;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
