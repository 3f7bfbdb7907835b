package dev.temps.cli.output;

import java.util.regex.Pattern;

/** Text from elsewhere made safe for a terminal: nothing in it moves the cursor. Stateless. */
public final class Printable {
  private static final int ESCAPE = 0x1b;
  private static final Pattern NO_COLOUR = Pattern.compile("\u001b(?!\\[[0-9;]*m)");

  private Printable() {}

  /** As one line: control characters become spaces. */
  public static String line(String text) {
    return clean(text, false).strip();
  }

  /** As a line of a program's output: tabs and colours stay, nothing else does. */
  public static String output(String text) {
    return NO_COLOUR.matcher(clean(text, true)).replaceAll(" ");
  }

  private static String clean(String text, boolean coloursStay) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          boolean stays = coloursStay && (c == '\t' || c == ESCAPE);
          boolean controls = Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
          line.appendCodePoint(controls && !stays ? ' ' : c);
        });
    return line.toString();
  }
}
