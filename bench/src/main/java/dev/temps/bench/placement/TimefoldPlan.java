package dev.temps.bench.placement;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All items with their nodes. Public for Timefold. */
@PlanningSolution
public final class TimefoldPlan {
  @PlanningEntityCollectionProperty private List<TimefoldItem> items;
  @PlanningScore private @Nullable HardMediumSoftLongScore score;

  /** For Timefold, which copies the fields. */
  public TimefoldPlan() {
    this(List.of());
  }

  TimefoldPlan(List<TimefoldItem> items) {
    this.items = items;
  }

  List<TimefoldItem> items() {
    return items;
  }

  @Nullable HardMediumSoftLongScore score() {
    return score;
  }
}
