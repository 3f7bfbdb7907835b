package dev.temps.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The budget table as it is printed: what, measured, must, aim, verdict. */
public final class Table {
  private record Row(String what, String measured, String must, String aim, String verdict) {}

  private final List<Row> rows = new ArrayList<>();

  /** A figure that has to be at most {@code must}. */
  public void atMost(
      String what, double measured, double must, double aim, String unit, String how) {
    verdict(what, measured, measured <= must, must, aim, unit, how);
  }

  /** A figure that has to be less than {@code must}. */
  public void below(
      String what, double measured, double must, double aim, String unit, String how) {
    verdict(what, measured, measured < must, must, aim, unit, how);
  }

  /**
   * A ratio that has to be at least {@code must}.
   *
   * @param low end of the interval its median lies in, which decides
   * @param shown the median with its interval
   */
  public void atLeast(String what, double low, double must, double aim, String shown, int pairs) {
    String verdict = low >= aim ? "aim" : low >= must ? "must" : "MISSED";
    rows.add(
        new Row(
            what,
            shown + ", " + pairs + " pairs",
            number(must) + " ×",
            number(aim) + " ×",
            verdict));
  }

  /** Something done so often in a second that it has to be at least {@code must}. */
  public void atLeastRate(String what, double measured, double must, double aim, String how) {
    least(what, measured, must, aim, "/s", how);
  }

  /** How many times as much as something else, which has to be at least {@code must}. */
  public void atLeastTimes(String what, double measured, double must, double aim, String how) {
    least(what, measured, must, aim, "×", how);
  }

  private void least(
      String what, double measured, double must, double aim, String unit, String how) {
    String verdict = measured >= aim ? "aim" : measured >= must ? "must" : "MISSED";
    rows.add(
        new Row(
            what,
            grouped(measured) + " " + unit + " (" + how + ")",
            grouped(must) + " " + unit,
            grouped(aim) + " " + unit,
            verdict));
  }

  private static String grouped(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private void verdict(
      String what, double measured, boolean met, double must, double aim, String unit, String how) {
    String verdict = measured <= aim ? "aim" : met ? "must" : "MISSED";
    if (Double.isNaN(measured)) {
      verdict = "not measured";
    }
    rows.add(
        new Row(
            what,
            number(measured) + " " + unit + (how.isEmpty() ? "" : " (" + how + ")"),
            number(must) + " " + unit,
            number(aim) + " " + unit,
            verdict));
  }

  /** A figure without a budget. */
  public void note(String what, String measured) {
    rows.add(new Row(what, measured, "", "", ""));
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "–";
    }
    return String.format(Locale.ROOT, value >= 20 ? "%.0f" : "%.2f", value);
  }

  /** All rows. */
  public String markdown() {
    StringBuilder out = new StringBuilder("| what | measured | must | aim | met |\n");
    out.append("|---|---|---|---|---|\n");
    for (Row row : rows) {
      out.append("| ").append(row.what()).append(" | ").append(row.measured()).append(" | ");
      out.append(row.must()).append(" | ").append(row.aim()).append(" | ");
      out.append(row.verdict()).append(" |\n");
    }
    return out.toString();
  }
}
