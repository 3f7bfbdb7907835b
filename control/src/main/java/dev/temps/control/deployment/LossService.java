package dev.temps.control.deployment;

import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says what losing machines would do. Changes nothing. Thread-safe. */
public final class LossService {
  /** The last world that was looked at and what came of it: equal worlds need no second look. */
  private record Memo(LossWorld world, Tolerance.Plans plans) {}

  private final Database database;
  private final Fleet fleet;
  private final LossSight sight;
  private final BooleanSupplier braked;
  private final Time time;
  private volatile @Nullable Memo memo;

  /**
   * A service over the rooms of {@code parts}.
   *
   * @param braked whether nothing moves by itself now
   */
  public LossService(DeploymentParts parts, BooleanSupplier braked) {
    this.database = parts.database();
    this.fleet = parts.fleet();
    this.sight =
        new LossSight(parts.fleet(), new Seating(parts.fleet(), parts.addresses(), parts.ids()));
    this.braked = braked;
    this.time = parts.time();
  }

  /**
   * A plan and how many apps it leaves alone.
   *
   * @param untouched apps of those somebody may see that have nothing on those machines
   */
  public record Simulated(LossPlan plan, int untouched) {}

  /**
   * What losing these machines together would do.
   *
   * @param namesOrIds each machine once
   * @param seen which projects' apps are told of
   * @throws dev.temps.kit.ProblemException 422 for none or one twice, 404 for one that isn't there
   */
  public Simulated simulate(List<String> namesOrIds, Predicate<String> seen) {
    return database.read(handle -> {
      Set<String> lost = ids(fleet.members(handle), namesOrIds);
      LossWorld world = sight.read(handle, braked.getAsBoolean(), time.millis());
      LossPlan plan = LossPlanner.plan(world, lost);
      List<LossPlan.OfApp> apps =
          plan.apps().stream().filter(app -> seen.test(app.project())).toList();
      long all = world.subjects().stream().filter(s -> seen.test(s.project())).count();
      return new Simulated(
          new LossPlan(plan.nodes(), plan.pace(), plan.decision(), plan.notes(), apps),
          Math.toIntExact(all - apps.size()));
    });
  }

  /** What can be lost; see {@link Tolerance}. */
  public Tolerance tolerance(Predicate<String> seen) {
    LossWorld world =
        database.read(handle -> sight.read(handle, braked.getAsBoolean(), time.millis()));
    Memo last = memo;
    if (last == null || !last.world().equals(world)) {
      last = new Memo(world, Tolerance.Plans.of(world));
      memo = last;
    }
    return Tolerance.of(last.plans(), seen);
  }

  private static Set<String> ids(List<Member> members, List<String> namesOrIds) {
    if (namesOrIds.isEmpty()) {
      throw Problem.invalid("nodes", "No node is named.", "Name the nodes to imagine gone.")
          .raise();
    }
    Set<String> ids = new LinkedHashSet<>();
    for (String one : namesOrIds) {
      if (!ids.add(Fleet.named(members, one).node().id())) {
        throw Problem.invalid(
                "nodes", "The node " + Text.quoted(one) + " is named twice.", "Name it once.")
            .raise();
      }
    }
    return ids;
  }
}
