package dev.temps.kit;

/**
 * Writes figures in the text format that Prometheus reads (version 0.0.4). Names are the caller's
 * own constants; values of labels may be anything and are escaped. Not thread-safe.
 */
public final class Exposition {
  /** The format's media type. */
  public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();

  /**
   * Begins a figure, before its samples.
   *
   * @param type gauge, counter or histogram
   * @param help one sentence
   */
  public Exposition figure(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ');
    text.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /**
   * Adds a sample.
   *
   * @param labels names and values in turn
   */
  public Exposition sample(String name, double value, String... labels) {
    return line(name, number(value), labels);
  }

  /** The same for a whole number. */
  public Exposition sample(String name, long value, String... labels) {
    return line(name, Long.toString(value), labels);
  }

  private Exposition line(String name, String value, String... labels) {
    text.append(name);
    for (int i = 0; i + 1 < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      text.append(escaped(labels[i + 1])).append('"');
    }
    text.append(labels.length > 1 ? "} " : " ").append(value).append('\n');
    return this;
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(value);
  }

  /** All of it, to be sent. */
  @Override
  public String toString() {
    return text.toString();
  }
}
