package dev.temps.control.deployment;

import dev.temps.control.project.Environment;
import dev.temps.control.scheduler.Board;
import dev.temps.control.scheduler.Cluster;
import dev.temps.control.scheduler.Placement;
import dev.temps.control.scheduler.PlacementSpec;
import dev.temps.control.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out the search for room that is known to be in vain: thousands of releases may wait, and
 * each look costs a transaction that reads the whole cluster. What was refused is refused again
 * while the cluster is the very same one; in another one a single board looks for all of them.
 * Whatever may fit is tried in a transaction as ever. Called from one loop.
 */
final class InVain {
  private final Database database;
  private final Seating seating;
  private final BiPredicate<Deployment, String> told;
  private final Map<String, List<Step>> refused = new HashMap<>();
  private @Nullable Cluster cluster;
  private @Nullable Board board;

  /**
   * Nothing is known yet.
   *
   * @param told whether people have been told that of a release already
   */
  InVain(Database database, Seating seating, BiPredicate<Deployment, String> told) {
    this.database = database;
    this.seating = seating;
    this.told = told;
  }

  /** Containers or nodes may be others now: at a pass' beginning, and when something was placed. */
  void changed() {
    board = null;
  }

  /** Whether a plan does nothing but look for room that is not there, as its release says. */
  boolean is(Environment app, List<Step> plan) {
    if (!plan.stream().allMatch(step -> wish(app, step).filter(InVain::refusedOnce).isPresent())) {
      return false;
    }
    Board now = board();
    if (plan.equals(refused.get(app.id()))) {
      return true;
    }
    for (Step step : plan) {
      Wish wish = wish(app, step).orElseThrow();
      if (!(now.place(wish.spec(), wish.count()) instanceof Placement.Refused why)) {
        board = null; // it has taken places on this one
        return false;
      }
      if (!told.test(wish.release(), wish.trouble() + Seating.words(why))) {
        return false;
      }
    }
    refused.put(app.id(), List.copyOf(plan));
    return true;
  }

  /** What was never tried most likely fits: to look twice would double its price. */
  private static boolean refusedOnce(Wish wish) {
    String reason = wish.release().reason();
    return reason != null && reason.contains(Evictions.NO_PLACE);
  }

  private Board board() {
    Board known = board;
    if (known == null) {
      Cluster now = database.read(seating::cluster);
      if (!now.equals(cluster)) {
        refused.clear();
        cluster = now;
      }
      known = new Board(now);
      board = known;
    }
    return known;
  }

  /** What a step asks for, and what is told when there is no room. */
  private record Wish(Deployment release, PlacementSpec spec, int count, String trouble) {}

  /** Of steps that only look for room; data that ties an app to nodes is looked up elsewhere. */
  private static Optional<Wish> wish(Environment app, Step step) {
    return switch (step) {
      case Step.Place place -> wish(app, place.release(), place.count(), trouble(place));
      case Step.Succeed succeed -> wish(app, succeed.release(), 1, trouble(app, succeed));
      case Step.Switch _,
          Step.Vacate _,
          Step.Serve _,
          Step.Fail _,
          Step.Supersede _,
          Step.Retire _,
          Step.End _,
          Step.Remove _,
          Step.Want _,
          Step.Restart _ ->
          Optional.empty();
    };
  }

  private static Optional<Wish> wish(
      Environment app, Deployment release, int count, String trouble) {
    return release.parsed().mounts().isEmpty()
        ? Optional.of(new Wish(release, Seating.untied(app, release), count, trouble))
        : Optional.empty();
  }

  /** The beginning of what is told when there is no room. */
  static String trouble(Step.Place place) {
    return Evictions.NO_PLACE + place.count() + " more: ";
  }

  /** The beginning of what is told when there is no room. */
  static String trouble(Environment app, Step.Succeed succeed) {
    String name = succeed.replica().name(app.app());
    return succeed.why() + ", but " + Evictions.NO_PLACE + name + ": ";
  }
}
