package dev.temps.bench.lifecycle;

import dev.temps.kit.Time;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Runs parts and prints the table of all figures there are: {@code LifecycleBench RELEASE_FOLDER
 * RESULT_FOLDER PART|all|table [RUNS]}. Needs root.
 */
public final class LifecycleBench {
  private static final List<Part> PARTS =
      List.of(
          new RollbackPart(),
          new RedeployPart(),
          new DrainPart(),
          new PowerOffPart(),
          new SwarmPart(),
          new TwoReplicasPart(),
          new RestorePart());
  private static final int RUNS_MAX = 1000;

  private final Path release;
  private final Results results;
  private final Time time;

  private LifecycleBench(Path release, Results results, Time time) {
    this.release = release;
    this.results = results;
    this.time = time;
  }

  /** Runs what is asked for. */
  public static void main(String[] args) throws Exception {
    LifecycleBench bench =
        new LifecycleBench(Path.of(args[0]), new Results(Path.of(args[1])), Time.system());
    String wanted = args[2];
    if (!List.of("all", "table").contains(wanted) && !names().contains(wanted)) {
      System.err.println("no part " + wanted + "; there are all, table, " + names());
      System.exit(2);
    }
    for (Part part : PARTS) {
      if (wanted.equals("all") || wanted.equals(part.name())) {
        bench.run(part, args.length > 3 ? Integer.parseInt(args[3]) : part.runs());
      }
    }
    String table = BudgetTable.of(bench.results::read);
    bench.results.writeTable(table);
    System.out.println(table);
  }

  /** Names of all parts, in the order of the table. */
  static List<String> names() {
    return PARTS.stream().map(Part::name).toList();
  }

  private void run(Part part, int count) throws InterruptedException {
    if (count < 1 || count > RUNS_MAX) {
      throw new IllegalArgumentException("runs are 1 to " + RUNS_MAX + ", not " + count);
    }
    String day = LocalDate.ofInstant(time.now(), ZoneOffset.UTC).toString();
    new Runs(
            part,
            () -> OnGround.open(part, Ground.fresh(release, time)),
            records -> results.write(new PartRecord(part.name(), day, records)))
        .run(count);
  }
}
