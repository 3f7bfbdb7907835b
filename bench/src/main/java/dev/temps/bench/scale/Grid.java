package dev.temps.bench.scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table with a column for each size. Not thread-safe. */
final class Grid {
  private static final double WHOLE = 20;

  private final List<String> columns = new ArrayList<>();
  private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

  /** One figure; what was said before of that row and column is replaced. */
  void put(String row, String column, String value) {
    if (!columns.contains(column)) {
      columns.add(column);
    }
    rows.computeIfAbsent(row, _ -> new LinkedHashMap<>()).put(column, value);
  }

  void put(String row, String column, double value) {
    put(row, column, number(value));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value >= WHOLE ? "%,.0f" : "%.2f", value);
  }

  String markdown(String title) {
    StringBuilder out = new StringBuilder("| " + title + " |");
    columns.forEach(column -> out.append(' ').append(column).append(" |"));
    out.append("\n|---|");
    columns.forEach(_ -> out.append("---:|"));
    out.append('\n');
    rows.forEach((row, values) -> {
      out.append("| ").append(row).append(" |");
      columns.forEach(
          column -> out.append(' ').append(values.getOrDefault(column, "–")).append(" |"));
      out.append('\n');
    });
    return out.toString();
  }
}
