package dev.temps.agent.mesh;

import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.ProjectSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the walls of one machine must be like. Immutable.
 *
 * @param self its place in the mesh
 * @param machines addresses other machines have outside the mesh, in order
 * @param projects which containers of the cluster belong together; null: nobody said so, then all
 *     containers reach each other
 */
public record WallPlan(MeshSelf self, List<String> machines, @Nullable List<ProjectSpec> projects) {
  public WallPlan {
    machines = List.copyOf(machines);
    projects = projects == null ? null : List.copyOf(projects);
  }
}
