package dev.temps.bench.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunsTest {
  private final List<String> seen = new ArrayList<>();
  private List<RunRecord> records = List.of();

  /** Goes wrong in the named runs. */
  private final class Moody implements Part, Part.Session {
    private final Set<Integer> bad;

    Moody(Integer... bad) {
      this.bad = Set.copyOf(Arrays.asList(bad));
    }

    @Override
    public String name() {
      return "moody";
    }

    @Override
    public int runs() {
      return 1;
    }

    @Override
    public Session on(Ground ground) {
      return this;
    }

    @Override
    public Outcome run(int number) {
      seen.add("run " + number);
      if (bad.contains(number)) {
        throw new IllegalStateException("no luck");
      }
      return Outcome.of(Map.of("figure", 2.0));
    }

    @Override
    public void close() {
      seen.add("closed");
    }
  }

  private void run(Moody part, int count) throws InterruptedException {
    Runs.Opener opener =
        () -> {
          seen.add("opened");
          return part;
        };
    new Runs(part, opener, all -> records = all).run(count);
  }

  @Test
  void aBadRunIsCountedAndTheNextHasFreshMachines() throws InterruptedException {
    run(new Moody(1), 3);
    List<String> wanted =
        List.of("opened", "run 0", "run 1", "closed", "opened", "run 2", "closed");
    assertEquals(wanted, seen);
    PartRecord part = new PartRecord("moody", "today", records);
    assertEquals("3 runs, 1 of them BAD", part.count());
    assertEquals("no luck", records.get(1).problem());
    assertEquals(2, part.samples("figure").count());
  }

  @Test
  void afterThreeBadRunsInARowTheRestIsBadWithoutBeingTried() throws InterruptedException {
    run(new Moody(0, 1, 2, 3, 4), 5);
    assertEquals(5, records.size());
    assertEquals(5, new PartRecord("moody", "today", records).bad());
    assertEquals(3, seen.stream().filter(s -> s.startsWith("run")).count());
  }
}
