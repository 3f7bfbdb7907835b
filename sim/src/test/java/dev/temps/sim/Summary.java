package dev.temps.sim;

import java.util.ArrayList;
import java.util.List;

/** What people read of runs. */
final class Summary {
  private static final int NOTES_SHOWN = 60;

  private Summary() {}

  /** A failure with what happened last and the line that repeats it. */
  static String failure(Run.Outcome outcome) {
    int from = Math.max(0, outcome.notes().size() - NOTES_SHOWN);
    return outcome.why()
        + "\n  "
        + String.join("\n  ", outcome.notes().subList(from, outcome.notes().size()))
        + "\nRepeat it with: "
        + outcome.repeat();
  }

  /** All runs by world, and each that failed in one line. */
  static String table(List<Run.Outcome> outcomes, long base) {
    List<String> lines = new ArrayList<>();
    lines.add(outcomes.size() + " seeds from " + base + " on.");
    lines.add("");
    lines.add(
        "| world | seeds | events | wishes carried out | refused | faults"
            + " | converged after, median / slowest (s) | failures |");
    lines.add("|---|---|---|---|---|---|---|---|");
    for (World world : World.values()) {
      List<Run.Outcome> own = outcomes.stream().filter(o -> o.world() == world).toList();
      if (!own.isEmpty()) {
        lines.add(row(world, own));
      }
    }
    lines.add("");
    outcomes.stream()
        .filter(o -> o.broken() != null)
        .map(o -> "- `" + o.repeat() + "`: " + o.why())
        .forEach(lines::add);
    return String.join("\n", lines) + "\n";
  }

  private static String row(World world, List<Run.Outcome> own) {
    List<Integer> times =
        own.stream().filter(o -> o.broken() == null).map(Run.Outcome::converged).sorted().toList();
    return "| %s | %d | %d | %d | %d | %d | %s | %d |"
        .formatted(
            world,
            own.size(),
            own.stream().mapToLong(Run.Outcome::events).sum(),
            own.stream().mapToLong(Run.Outcome::wishes).sum(),
            own.stream().mapToLong(Run.Outcome::refused).sum(),
            own.stream().mapToLong(Run.Outcome::faults).sum(),
            times.isEmpty() ? "none" : times.get(times.size() / 2) + " / " + times.getLast(),
            own.stream().filter(o -> o.broken() != null).count());
  }
}
