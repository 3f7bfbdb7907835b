package dev.temps.bench.placement;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item of the mix that Timefold moves between the nodes that obey its rules. Public for it. */
@PlanningEntity
public final class TimefoldItem {
  private final long cpu;
  private final long memory;
  private final List<TimefoldNode> possible;

  @PlanningVariable(valueRangeProviderRefs = "possible")
  private @Nullable TimefoldNode node;

  /** For Timefold, which copies the fields. */
  public TimefoldItem() {
    this(0, 0, List.of());
  }

  TimefoldItem(long cpu, long memory, List<TimefoldNode> possible) {
    this.cpu = cpu;
    this.memory = memory;
    this.possible = possible;
  }

  /** Nodes that obey its rules. */
  @ValueRangeProvider(id = "possible")
  public List<TimefoldNode> getPossible() {
    return possible;
  }

  long cpu() {
    return cpu;
  }

  long memory() {
    return memory;
  }

  @Nullable TimefoldNode node() {
    return node;
  }
}
