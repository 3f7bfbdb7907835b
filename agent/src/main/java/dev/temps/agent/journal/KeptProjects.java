package dev.temps.agent.journal;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.ProjectSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that were a project's before the control plane was restored and that the restored one
 * does not know: it gives them to nobody for a day, and what runs there goes on. They stay that
 * project's until somebody gets them. Pure.
 */
final class KeptProjects {
  private KeptProjects() {}

  /**
   * What is kept after {@code news}.
   *
   * @param kept until now
   * @param old the assignment until now, null for none
   */
  static List<ProjectSpec> after(
      List<ProjectSpec> kept, @Nullable Assignment old, Assignment news) {
    boolean restored = old != null && news.epoch() > old.epoch();
    Assignment.Walls section = news.walls();
    if (section == null) {
      return restored ? List.of() : kept;
    }
    Set<String> known = new HashSet<>();
    section.items().forEach(p -> known.addAll(p.addresses()));
    List<ProjectSpec> before = new ArrayList<>(kept);
    if (restored && old != null && old.walls() != null) {
      // What it had told belongs to whom is younger than what was kept from another restore.
      before = with(kept, old.walls().items());
    }
    return before.stream()
        .map(p -> of(p, p.addresses().stream().filter(a -> !known.contains(a)).toList(), List.of()))
        .filter(p -> !p.addresses().isEmpty())
        .toList();
  }

  /** The projects with those addresses that none of them has. */
  static List<ProjectSpec> with(List<ProjectSpec> kept, List<ProjectSpec> projects) {
    Set<String> known = new HashSet<>();
    Map<String, ProjectSpec> all = new LinkedHashMap<>();
    for (ProjectSpec project : projects) {
      known.addAll(project.addresses());
      all.put(project.id(), project);
    }
    for (ProjectSpec project : kept) {
      TreeSet<String> addresses = new TreeSet<>(project.addresses());
      addresses.removeAll(known);
      ProjectSpec there = all.get(project.id());
      if (there != null) {
        addresses.addAll(there.addresses());
      }
      if (!addresses.isEmpty()) {
        ProjectSpec base = there == null ? project : there;
        all.put(base.id(), of(base, List.copyOf(addresses), base.links()));
      }
    }
    return List.copyOf(all.values());
  }

  private static ProjectSpec of(ProjectSpec base, List<String> addresses, List<String> links) {
    return new ProjectSpec(base.id(), base.name(), addresses, links);
  }
}
