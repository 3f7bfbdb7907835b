package dev.temps.sim;

import dev.temps.control.node.Liveness;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One run of one world from one seed. */
final class Run {
  /**
   * So long after the last fault wish and reality are the same, in seconds; later by as much as
   * clocks were set back.
   */
  static final int CONVERGED_WITHIN = 180;

  private static final int READY_WITHIN = 40_000;
  private static final int STILL_FOR = 3;

  /** How it went; {@code broken} null when all rules held. */
  record Outcome(
      World world,
      long seed,
      long events,
      int wishes,
      int refused,
      int faults,
      int converged,
      @Nullable Rule broken,
      String why,
      List<String> notes) {
    /** The one line that repeats it. */
    String repeat() {
      return "sim/run " + world + " " + seed;
    }
  }

  private final World kind;
  private final SimWorld world;
  private final Users users;
  private final Faults faults;
  private final RandomGenerator random;
  private boolean over;
  private int converged = -1;

  private Run(World kind, long seed, Bug bug) {
    this.kind = kind;
    SplittableRandom all = new SplittableRandom(seed);
    this.random = all.split();
    this.world = new SimWorld(all.nextLong(), bug);
    this.users = new Users(world, all.split());
    this.faults = new Faults(world, all.split());
  }

  static Outcome of(World kind, long seed) {
    return of(kind, seed, Bug.NONE);
  }

  static Outcome of(World kind, long seed, Bug bug) {
    Run run = new Run(kind, seed, bug);
    Rule broken = null;
    String why = "";
    try (SimWorld open = run.world) {
      try {
        run.live();
      } catch (Broken e) {
        broken = e.rule();
        why = "at %.3f s, %s".formatted(open.time.now() / 1_000.0, e.getMessage());
      }
      return new Outcome(
          kind,
          seed,
          open.time.events(),
          run.users.done(),
          run.users.refused(),
          run.faults.count(),
          run.converged,
          broken,
          why,
          open.notes());
    }
  }

  private void live() {
    int machines = 3 + random.nextInt(3);
    for (int i = 0; i < machines; i++) {
      world.join(users.cpu(), users.memory(), i < 2 || random.nextBoolean());
    }
    for (int waited = 0; waited < READY_WITHIN && !allReady(); waited += 1_000) {
      world.time.advance(1_000);
    }
    new Judge(world, faults);
    if (kind == World.restore) {
      world.takeSnapshots();
    }
    chain(random.nextInt(2_000), 4_000, users::act);
    chain(3_000 + random.nextInt(6_000), 10_000, () -> kind.strike(faults, random));
    world.time.advance(40_000 + random.nextInt(40_000));
    over = true;
    faults.end();
    world.note("nothing goes wrong any more");
    converge();
  }

  private boolean allReady() {
    SimControl control = world.control();
    return control.directory.all().stream()
        .allMatch(n -> control.monitor.liveness(n) == Liveness.ready);
  }

  private void chain(long first, int pauseMax, Runnable work) {
    world.time.in(
        first,
        () -> {
          if (!over) {
            work.run();
            chain(200 + random.nextInt(pauseMax), pauseMax, work);
          }
        });
  }

  private void converge() {
    int still = 0;
    List<String> left = List.of();
    for (int second = 1; second <= CONVERGED_WITHIN + faults.setBack(); second++) {
      users.tidyUp();
      world.time.advance(1_000);
      left = Differences.of(world);
      still = left.isEmpty() ? still + 1 : 0;
      if (still == STILL_FOR) {
        converged = second;
        return;
      }
    }
    throw new Broken(Rule.CONVERGENCE, String.join("; ", left));
  }
}
