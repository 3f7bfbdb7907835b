package dev.temps.bench.placement;

import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintCollectors;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;

/**
 * No node holds more than it has; as few nodes as possible; and of plans with as many nodes the one
 * with fuller and emptier ones, which leads the search to fewer. Public for Timefold.
 */
public final class TimefoldRules implements ConstraintProvider {
  @Override
  public Constraint[] defineConstraints(ConstraintFactory factory) {
    return new Constraint[] {
      factory
          .forEach(TimefoldItem.class)
          .groupBy(TimefoldItem::node, ConstraintCollectors.sumLong(TimefoldItem::cpu))
          .filter((_, cpu) -> cpu > Mix.CPU_MILLIS)
          .penalizeLong(HardMediumSoftLongScore.ONE_HARD, (_, cpu) -> cpu - Mix.CPU_MILLIS)
          .asConstraint("cpu"),
      factory
          .forEach(TimefoldItem.class)
          .groupBy(TimefoldItem::node, ConstraintCollectors.sumLong(TimefoldItem::memory))
          .filter((_, memory) -> memory > Mix.MEMORY_MIB)
          .penalizeLong(HardMediumSoftLongScore.ONE_HARD, (_, mib) -> mib - Mix.MEMORY_MIB)
          .asConstraint("memory"),
      factory
          .forEach(TimefoldItem.class)
          .groupBy(TimefoldItem::node)
          .penalizeLong(HardMediumSoftLongScore.ONE_MEDIUM, _ -> 1)
          .asConstraint("nodes used"),
      factory
          .forEach(TimefoldItem.class)
          .groupBy(TimefoldItem::node, ConstraintCollectors.sumLong(TimefoldItem::memory))
          .rewardLong(HardMediumSoftLongScore.ONE_SOFT, (_, mib) -> mib * mib / Mix.MEMORY_MIB)
          .asConstraint("full or empty")
    };
  }
}
