package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.api.Page;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Since;
import dev.temps.cli.output.Table;
import dev.temps.contract.api.AuditView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code temps audit}. */
@Command(
    name = "audit",
    description = "Shows who changed what, when, from where, newest first.",
    footer = {"  temps audit --since 1d", "  temps audit --actor ci --limit 20 --json"})
public final class AuditCommand extends ApiCommand {
  private static final int PAGE = 1_000;
  private static final int LIMIT_MAX = 100_000;

  @Option(names = "--actor", paramLabel = "NAME", description = "Only what this token did.")
  private @Nullable String actor;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only after it: 10m, 2h, 7d, or 2026-11-23T10:00:00Z.")
  private @Nullable String since;

  @Option(names = "--limit", paramLabel = "N", description = "How many; 100 without.")
  private String limit = "100";

  /** Speaks to the given outside. */
  public AuditCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    List<AuditView> rows = rows(api, Amounts.whole("limit", limit, 1, LIMIT_MAX));
    if (json) {
      return json(AuditView.class, rows);
    }
    Table table = new Table("WHEN", "WHO", "FROM", "WHAT", "OF", "OUTCOME");
    for (AuditView row : rows) {
      Instant at = Instant.ofEpochMilli(row.atMillis()).truncatedTo(ChronoUnit.SECONDS);
      table.row(at, row.actor(), row.source(), row.action(), row.subject(), row.outcome());
    }
    return show(table);
  }

  private List<AuditView> rows(Api api, int wanted) throws InterruptedException {
    String from = since == null ? null : Since.parse(since, io.time().now()).toString();
    List<AuditView> all = new ArrayList<>();
    Page page = new Page(from, null, Math.min(wanted, PAGE));
    while (true) {
      List<AuditView> some = api.audit(actor, page);
      all.addAll(some);
      if (some.size() < page.limit() || all.size() >= wanted) {
        return all.subList(0, Math.min(all.size(), wanted));
      }
      page = page.after(some.getLast().id());
    }
  }
}
