package dev.temps.agent.mesh;

import dev.temps.agent.part.Part;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the walls between projects anew when they are to be others. That they go on standing is
 * the mesh's care, with all other walls. Thread-safe as {@link Part} demands.
 */
final class WallsPart implements Part<Assignment.Walls> {
  private final WallKeeper keeper;
  private volatile Assignment.@Nullable Walls wanted;
  private volatile long applied = -1;
  private Assignment.@Nullable Walls built; // of the loop's thread only

  WallsPart(WallKeeper keeper) {
    this.keeper = keeper;
  }

  /** Whoever builds from now on builds these, so that at a start the first walls have them. */
  @Override
  public void assign(Assignment.Walls section) {
    keeper.keepApart(section);
    wanted = section;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // each assignment is built once, thousands of addresses
  public void step() {
    Assignment.Walls section = wanted;
    if (section != null && section != built && keeper.ensure()) {
      built = section;
      applied = section.revision();
    }
  }

  @Override
  public long appliedRevision() {
    return applied;
  }

  @Override
  public List<Condition> conditions() {
    return List.of();
  }
}
