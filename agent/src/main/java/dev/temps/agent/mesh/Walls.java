package dev.temps.agent.mesh;

/**
 * What keeps containers apart from the machine, the outside apart from containers, and projects
 * apart from each other. Called by one thread at a time.
 */
public interface Walls {
  /**
   * Makes the walls stand. Cheap when they do; also mends what another program took away.
   *
   * @throws dev.temps.kit.ProblemException when they can't be made to stand
   */
  void ensure(WallPlan plan);
}
