package dev.temps.cli.command;

import dev.temps.cli.output.Human;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.AppTraffic;
import dev.temps.contract.api.RequestFigures;
import dev.temps.contract.api.TrafficOfNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an app answered requests, machine by machine and in all. Pure. */
final class TrafficTable {
  private static final double HUNDRED = 100;

  private TrafficTable() {}

  static Table of(AppTraffic traffic) {
    Table table =
        new Table(
            "ANSWERED BY",
            "PER SECOND",
            "REQUESTS",
            "4XX",
            "5XX",
            "P50",
            "P95",
            "P99",
            "SENT",
            "CONNECTIONS");
    for (TrafficOfNode node : traffic.nodes()) {
      row(table, node.node(), node.figures());
    }
    if (traffic.nodes().size() > 1) {
      row(table, "all", traffic.total());
    }
    return table;
  }

  private static void row(Table table, String name, RequestFigures figures) {
    table.row(
        name,
        String.format(Locale.ROOT, figures.perSecond() < 1 ? "%.2f" : "%.1f", figures.perSecond()),
        figures.requests(),
        share(figures.status4xx(), figures.requests()),
        share(figures.status5xx(), figures.requests()),
        millis(figures.p50Millis()),
        millis(figures.p95Millis()),
        millis(figures.p99Millis()),
        Human.bytes(figures.sentBytes()),
        figures.connections());
  }

  /** A part in percent; one that is there is never shown as none. */
  private static String share(long part, long all) {
    if (part == 0 || all == 0) {
      return "0%";
    }
    double percent = HUNDRED * (double) part / (double) all;
    return percent < 0.1 ? "<0.1%" : String.format(Locale.ROOT, "%.1f%%", percent);
  }

  private static String millis(@Nullable Long millis) {
    return millis == null ? "-" : millis + " ms";
  }
}
