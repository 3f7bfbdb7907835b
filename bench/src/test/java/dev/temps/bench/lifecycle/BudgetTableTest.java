package dev.temps.bench.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BudgetTableTest {
  private static PartRecord part(String name, RunRecord... runs) {
    return new PartRecord(name, "2026-11-26", List.of(runs));
  }

  private static String row(String table, String start) {
    return table.lines().filter(l -> l.startsWith("| " + start)).findFirst().orElseThrow();
  }

  private static String table(PartRecord... parts) {
    return BudgetTable.of(
        name -> List.of(parts).stream().filter(p -> p.part().equals(name)).findFirst());
  }

  @Test
  void whatNobodyMeasuredIsSaidNotToBeMeasured() {
    String table = BudgetTable.of(_ -> Optional.empty());
    List<String> rows = table.lines().filter(l -> l.startsWith("| ")).skip(1).toList();
    assertTrue(rows.stream().allMatch(r -> r.endsWith("| not measured |")), table);
  }

  @Test
  void oneFailedRequestIsWithinTheBudgetButNotTheAim() {
    PartRecord redeploy =
        part(
            "redeploy",
            new RunRecord(
                0, Map.of("requests", 20_000.0, "failed", 1.0, "redeploy", 3.0), List.of(), null));
    String row = row(table(redeploy), "redeploys");
    assertTrue(row.endsWith("| must |"), row);
    assertTrue(row.contains("1 of 20000 requests failed"), row);
  }

  @Test
  void beingAsFastAsThePeerIsNotAhead() {
    RunRecord even =
        new RunRecord(0, Map.of("temps answers", 9.0, "swarm answers", 9.0), List.of(), null);
    assertTrue(row(table(part("swarm", even)), "the same app").endsWith("| MISSED |"));
  }

  @Test
  void aBadRunIsInTheTable() {
    RunRecord good = new RunRecord(0, Map.of("reporting", 5.0, "command", 4.0), List.of(), null);
    String table = table(part("restore", good, new RunRecord(1, Map.of(), List.of(), "broke")));
    assertTrue(row(table, "control plane").contains("2 runs, 1 of them BAD"), table);
  }

  @Test
  void figuresAreTheSameAfterTheirFile(@TempDir Path folder) {
    PartRecord part =
        part(
            "drain",
            new RunRecord(0, Map.of("failed", 0.0), List.of(), null),
            new RunRecord(1, Map.of(), List.of(), "broke"));
    Results results = new Results(folder);
    results.write(part);
    assertEquals(Optional.of(part), results.read("drain"));
    assertEquals(Optional.empty(), results.read("restore"));
  }
}
