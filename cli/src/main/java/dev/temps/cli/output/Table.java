package dev.temps.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows under a heading, columns as narrow as their content. Not thread-safe. */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  /** A table with these headings. */
  public Table(String... headings) {
    columns = headings.length;
    rows.add(List.of(headings));
  }

  /** Adds a row; absent values come as "-". */
  public void row(Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns + " columns");
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      String text = Printable.line(String.valueOf(cell));
      row.add(text.isEmpty() || text.equals("null") ? "-" : text);
    }
    rows.add(List.copyOf(row));
  }

  /** Prints it; no spaces at line ends. */
  public void print(PrintStream out, Style style) {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    for (List<String> row : rows) {
      out.println(line(row, widths, style));
    }
  }

  private String line(List<String> row, int[] widths, Style style) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      String cell = row.get(i);
      line.append(i == 0 ? "" : GAP).append(style.paint(cell, cell));
      if (i < columns - 1) {
        line.append(" ".repeat(widths[i] - width(cell)));
      }
    }
    return line.toString();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
