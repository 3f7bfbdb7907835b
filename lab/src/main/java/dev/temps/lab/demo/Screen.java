package dev.temps.lab.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a demo is watched. */
public sealed interface Screen {
  /** Shows what is to see now. */
  void show(Frame frame);

  /** For a terminal: a table that changes in its place. */
  static Screen live(PrintWriter out) {
    return new Live(out);
  }

  /** For a file or a pipe: one line each time. */
  static Screen plain(PrintWriter out) {
    return new Plain(out);
  }

  /** A table that is drawn over the one before. */
  final class Live implements Screen {
    private final PrintWriter out;
    private int drawn;

    private Live(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void show(Frame frame) {
      if (drawn > 0) {
        out.printf("\033[%dA\033[J", drawn); // cursor up, erase to the end
      }
      List<String> lines = table(frame);
      lines.forEach(out::println);
      out.flush();
      drawn = lines.size();
    }
  }

  /** A line after the other. */
  final class Plain implements Screen {
    private final PrintWriter out;

    private Plain(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void show(Frame frame) {
      out.println(line(frame));
      out.flush();
    }
  }

  /** The frame as lines of a table. */
  static List<String> table(Frame frame) {
    Counts counts = frame.counts();
    String numbers =
        String.format(
            Locale.ROOT,
            "%10d %8d   %-14s %d ms",
            counts.answered(),
            counts.failed(),
            frame.lastFailure(),
            counts.slowest().toMillis());
    List<String> nodes =
        frame.nodes().stream()
            .map(node ->
                String.format(
                    Locale.ROOT,
                    "  %-10s %-6s %-12s %d s",
                    node.name(),
                    node.power() ? "on" : "OFF",
                    node.liveness(),
                    node.since().toSeconds()))
            .toList();
    List<String> lines = new java.util.ArrayList<>();
    lines.add(String.format(Locale.ROOT, "%4d s  %s", frame.since().toSeconds(), frame.phase()));
    lines.add("");
    lines.add("  ANSWERED   FAILED   LAST FAILURE   SLOWEST ANSWER");
    lines.add(numbers);
    lines.add("");
    lines.add("  NODE       POWER  LIVENESS     SINCE");
    lines.addAll(nodes);
    return List.copyOf(lines);
  }

  /** The frame as one line. */
  static String line(Frame frame) {
    String nodes =
        frame.nodes().stream()
            .map(node -> node.name() + "=" + (node.power() ? "" : "OFF/") + node.liveness())
            .collect(Collectors.joining(" "));
    return String.format(
        Locale.ROOT,
        "%4d s  answered %d  failed %d  %s  (%s)",
        frame.since().toSeconds(),
        frame.counts().answered(),
        frame.counts().failed(),
        nodes,
        frame.phase());
  }
}
