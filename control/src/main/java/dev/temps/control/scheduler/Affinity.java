package dev.temps.control.scheduler;

/**
 * A wish to be where another app or service is, or not. A workload apart from itself keeps its own
 * release's replicas apart; one near itself goes anywhere first and then follows itself.
 *
 * @param near beside it, or apart from it
 * @param hard whether to wait rather than do without
 * @param level what counts as the same place
 */
public record Affinity(WorkloadName target, boolean near, boolean hard, Level level) {

  /** Only on the same node. */
  public static Affinity near(WorkloadName target) {
    return new Affinity(target, /* near= */ true, /* hard= */ true, Level.NODE);
  }

  /** Never on the same node. */
  public static Affinity apart(WorkloadName target) {
    return new Affinity(target, /* near= */ false, /* hard= */ true, Level.NODE);
  }

  /** The same as a preference. */
  public Affinity soft() {
    return new Affinity(target, near, /* hard= */ false, level);
  }

  /** The same for another level. */
  public Affinity at(Level other) {
    return new Affinity(target, near, hard, other);
  }

  /** {@code near app:shop/cache}, {@code apart from app:shop/web by zone}. */
  String words() {
    String place = level == Level.NODE ? "" : " by " + level.word();
    return (near ? "near " : "apart from ") + target + place;
  }
}
