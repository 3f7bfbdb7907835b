package dev.temps.agent.mesh;

import dev.temps.contract.agent.MeshSelf;

/**
 * What keeps containers apart from the machine and the outside apart from containers. Called from
 * one loop.
 */
public interface Walls {
  /**
   * Makes the walls stand. Cheap when they do; also mends what another program took away.
   *
   * @throws dev.temps.kit.ProblemException when they can't be made to stand
   */
  void ensure(MeshSelf self);
}
