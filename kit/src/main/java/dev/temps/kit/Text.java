package dev.temps.kit;

/** Showing text that came from outside. */
public final class Text {
  private static final int SHOWN_MAX = 60;

  private Text() {}

  /**
   * The text in quotes, control characters escaped and cut at 60 characters, safe to print in a
   * terminal or a log line.
   */
  public static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .limit(SHOWN_MAX)
        .forEach(c -> {
          if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
            out.append(String.format("\\u%04x", c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.append(text.codePointCount(0, text.length()) > SHOWN_MAX ? "…\"" : "\"").toString();
  }
}
