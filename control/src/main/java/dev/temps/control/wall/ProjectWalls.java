package dev.temps.control.wall;

import dev.temps.contract.agent.ProjectSpec;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.project.Project;
import dev.temps.control.project.ProjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** What every node must know of projects. The same rows give the same list. Stateless. */
public final class ProjectWalls {
  private ProjectWalls() {}

  /** Projects that have containers anywhere, by id. */
  public static List<ProjectSpec> all(Handle handle, long nowMillis) {
    Map<String, List<String>> addresses = new TreeMap<>();
    AddressBook.owned(handle, nowMillis)
        .forEach(
            a -> addresses.computeIfAbsent(a.projectId(), _ -> new ArrayList<>()).add(a.address()));
    Map<String, List<String>> links = new HashMap<>();
    for (LinkStore.Ends ends : LinkStore.ends(handle)) {
      links.computeIfAbsent(ends.lowProject(), _ -> new ArrayList<>()).add(ends.highProject());
      links.computeIfAbsent(ends.highProject(), _ -> new ArrayList<>()).add(ends.lowProject());
    }
    Map<String, String> names = new HashMap<>();
    for (Project project : ProjectStore.projects(handle)) {
      names.put(project.id(), project.name());
    }
    List<ProjectSpec> specs = new ArrayList<>();
    addresses.forEach((id, owned) ->
        specs.add(
            new ProjectSpec(
                id,
                names.getOrDefault(id, id),
                owned.stream().sorted().toList(),
                links.getOrDefault(id, List.of()).stream().sorted().toList())));
    return List.copyOf(specs);
  }
}
