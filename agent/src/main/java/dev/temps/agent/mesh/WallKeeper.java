package dev.temps.agent.mesh;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.ProjectSpec;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the two come together that know what the walls must be like: the mesh says where this
 * machine stands, the section of walls which containers belong together. Each builds from its own
 * loop, so that a container's neighbours never wait for a silent peer. Thread-safe.
 */
final class WallKeeper {
  private final Walls walls;
  private final ReentrantLock building = new ReentrantLock(); // one table, one writer at a time
  private volatile @Nullable Place place;
  private volatile @Nullable List<ProjectSpec> projects;
  private volatile List<String> residents = List.of();

  private record Place(MeshSelf self, List<String> machines) {}

  WallKeeper(Walls walls) {
    this.walls = walls;
  }

  /** This is where the machine stands; true when that is news. */
  boolean at(MeshSelf self, List<String> machines) {
    Place next = new Place(self, List.copyOf(machines));
    boolean news = !next.equals(place);
    place = next;
    return news;
  }

  /** These belong together; the next {@link #ensure} builds it. */
  void keepApart(Assignment.Walls section) {
    projects = section.revision() < 0 ? null : section.items();
  }

  /**
   * Makes the walls stand as both say now.
   *
   * @return false when it is not known yet where the machine stands
   * @throws dev.temps.kit.ProblemException when they can't be made to stand
   */
  boolean ensure() {
    building.lock();
    try {
      Place here = place;
      if (here == null) {
        return false;
      }
      List<ProjectSpec> known = projects;
      walls.ensure(new WallPlan(here.self(), here.machines(), known));
      residents =
          known == null
              ? List.of()
              : Household.on(here.self(), known).stream()
                  .flatMap(household -> household.residents().stream())
                  .toList();
      return true;
    } finally {
      building.unlock();
    }
  }

  /** Containers of this machine that the standing walls keep everybody but their own out of. */
  List<String> residents() {
    return residents;
  }
}
