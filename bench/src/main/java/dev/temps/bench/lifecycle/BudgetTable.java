package dev.temps.bench.lifecycle;

import dev.temps.bench.Samples;
import dev.temps.bench.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The budgets of a life, from the figures of parts that may have been measured on different days. A
 * part nobody measured has a row that says so. Pure.
 */
final class BudgetTable {
  private static final double PERCENT = 100;

  private final Function<String, Optional<PartRecord>> parts;
  private final Table table = new Table();

  private BudgetTable(Function<String, Optional<PartRecord>> parts) {
    this.parts = parts;
  }

  static String of(Function<String, Optional<PartRecord>> parts) {
    BudgetTable made = new BudgetTable(parts);
    made.rollback();
    made.redeploy();
    made.drain();
    made.powerOff();
    made.swarm();
    made.twoReplicas();
    made.restore();
    return made.heading() + "\n" + made.table.markdown();
  }

  private PartRecord part(String name) {
    return parts.apply(name).orElseGet(() -> new PartRecord(name, "", List.of()));
  }

  private String heading() {
    TreeSet<String> days = new TreeSet<>();
    for (String name : LifecycleBench.names()) {
      parts.apply(name).ifPresent(part -> days.add(part.measured()));
    }
    return "Measured "
        + String.join(", ", days)
        + " by `bench/lifecycle` in labs of three machines on two shared cores. A run that went\n"
        + "wrong is counted as BAD and has no figures; raw figures are in `lifecycle-*.json`.\n";
  }

  private void rollback() {
    PartRecord part = part("rollback");
    Samples all = part.samples("everywhere");
    table.atMost(
        "rollback → only the old release answers through every ingress, p95",
        all.p95(),
        4,
        1.5,
        "s",
        "%s; median %s; the command returned after %s; %s requests failed"
            .formatted(
                part.count(),
                seconds(all.median()),
                seconds(part.samples("command").median()),
                whole(part.sum("failed"))));
  }

  private void redeploy() {
    PartRecord part = part("redeploy");
    table.atMost(
        "redeploys under open-loop load (50/s) through a surviving ingress: failed",
        failedPercent(part),
        0.01,
        0,
        "%",
        "%s; %s; a redeploy took %s (median)"
            .formatted(part.count(), requests(part), seconds(part.samples("redeploy").median())));
  }

  private void drain() {
    PartRecord part = part("drain");
    table.atMost(
        "drain of a node with 20 replicas, against starting the 20 there",
        part.samples("ratio").max(),
        3,
        1.5,
        "×",
        "the worst of %s; medians: drain %s, start %s"
            .formatted(
                part.count(),
                seconds(part.samples("drain").median()),
                seconds(part.samples("start").median())));
    table.atMost(
        "requests that failed while it was drained (50/s)",
        part.samples("failed").count() == 0 ? Double.NaN : part.sum("failed"),
        0,
        0,
        "",
        requests(part));
  }

  private void powerOff() {
    PartRecord part = part("poweroff");
    Samples down = part.samples("down");
    table.atMost("power off → `down`, p95", down.p95(), 12, 8, "s", how(part, down));
    Samples answers = part.samples("answers");
    table.atMost(
        "power off → the single-replica app answers elsewhere through all that is left, p95",
        answers.p95(),
        16,
        10,
        "s",
        how(part, answers));
  }

  private void swarm() {
    PartRecord part = part("swarm");
    versus(part, "answers", "the same app under Docker Swarm, interleaved: Temps / Swarm");
    versus(part, "down", "`down` in both, interleaved: Temps / Swarm");
  }

  private void versus(PartRecord part, String figure, String what) {
    Samples temps = part.samples("temps " + figure);
    Samples swarm = part.samples("swarm " + figure);
    table.below(
        what,
        temps.p95() / swarm.p95(),
        1,
        0.6,
        "×",
        "p95 %s / %s, medians %s / %s; %s, one of each in a run"
            .formatted(
                seconds(temps.p95()),
                seconds(swarm.p95()),
                seconds(temps.median()),
                seconds(swarm.median()),
                part.count()));
  }

  private void twoReplicas() {
    PartRecord part = part("tworeplicas");
    table.atMost(
        "two replicas, one machine powered off, through a surviving one (50/s): failed",
        failedPercent(part),
        0.1,
        0,
        "%",
        "%s; %s".formatted(part.count(), requests(part)));
  }

  private void restore() {
    PartRecord part = part("restore");
    Samples all = part.samples("reporting");
    table.atMost(
        "control plane restored on another machine → all agents report to it",
        all.max(),
        20,
        6,
        "s",
        "the worst of %s; median %s; the command returned after %s"
            .formatted(
                part.count(), seconds(all.median()), seconds(part.samples("command").median())));
  }

  private static String how(PartRecord part, Samples samples) {
    return "%s; median %s, longest %s"
        .formatted(part.count(), seconds(samples.median()), seconds(samples.max()));
  }

  private static double failedPercent(PartRecord part) {
    return PERCENT * part.sum("failed") / part.sum("requests"); // NaN without any
  }

  private static String requests(PartRecord part) {
    return "%s of %s requests failed, the longest took %s"
        .formatted(
            whole(part.sum("failed")),
            whole(part.sum("requests")),
            seconds(part.samples("longest").max()));
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }

  private static String seconds(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f s", value);
  }
}
