package dev.temps.bench.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a part so many times. One that goes wrong is counted with its reason and the next has fresh
 * machines; after three in a row the rest are counted as bad without being tried. One thread.
 */
final class Runs {
  private static final int BAD_IN_A_ROW_MAX = 3;

  private final Part part;
  private final Opener opener;
  private final Consumer<List<RunRecord>> told;
  private final List<RunRecord> records = new ArrayList<>();
  private int badInARow;
  private Part.@Nullable Session session;

  /** Where machines that are ready come from; closing the session takes them down. */
  interface Opener {
    Part.Session open() throws InterruptedException;
  }

  /**
   * Runs of that part.
   *
   * @param told hears all records so far after each run, so that nothing is lost by an end
   */
  Runs(Part part, Opener opener, Consumer<List<RunRecord>> told) {
    this.part = part;
    this.opener = opener;
    this.told = told;
  }

  void run(int count) throws InterruptedException {
    try {
      for (int i = 0; i < count; i++) {
        RunRecord record = badInARow < BAD_IN_A_ROW_MAX ? once(i) : givenUp(i);
        records.add(record);
        told.accept(List.copyOf(records));
        say(record, count);
      }
    } finally {
      leave();
    }
  }

  private RunRecord once(int number) throws InterruptedException {
    try {
      Outcome outcome = session().run(number);
      if (part.freshGroundForEach()) {
        leave();
      }
      badInARow = 0;
      return new RunRecord(number, outcome.figures(), outcome.failures(), null);
    } catch (RuntimeException e) {
      badInARow++;
      leaveAfter(e);
      return new RunRecord(number, Map.of(), List.of(), String.valueOf(e.getMessage()));
    }
  }

  private static RunRecord givenUp(int number) {
    return new RunRecord(number, Map.of(), List.of(), "not run: three bad runs in a row before");
  }

  private Part.Session session() throws InterruptedException {
    Part.Session open = session;
    if (open == null) {
      open = opener.open();
      session = open;
    }
    return open;
  }

  private void leaveAfter(RuntimeException why) {
    try {
      leave();
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
    why.printStackTrace();
  }

  private void leave() {
    Part.Session open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }

  private void say(RunRecord record, int count) {
    StringBuilder line = new StringBuilder(part.name());
    line.append(" %d/%d".formatted(record.number() + 1, count));
    record
        .figures()
        .forEach(
            (name, value) -> line.append(String.format(Locale.ROOT, "  %s %.2f", name, value)));
    record.failures().forEach(failure -> line.append("\n  failed: ").append(failure));
    System.err.println(line + (record.problem() == null ? "" : "  BAD: " + record.problem()));
  }
}
