package dev.temps.agent.journal;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.ProjectSpec;
import dev.temps.contract.agent.WorkloadSpec;
import io.avaje.jsonb.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Workloads that were assigned before the control plane was restored and that the restored one does
 * not know. They go on as they were assigned last until a person decides. Immutable.
 *
 * @param projects whose addresses are that it does not know, on any node; null: none
 */
@Json
record Unclaimed(List<WorkloadSpec> items, @Nullable List<ProjectSpec> projects) {
  static final Unclaimed NONE = new Unclaimed(List.of(), null);

  Unclaimed {
    items = List.copyOf(items);
    projects = projects == null || projects.isEmpty() ? null : List.copyOf(projects);
  }

  /**
   * What is unclaimed after {@code news}. Pure.
   *
   * @param old the assignment until now, null for none
   */
  Unclaimed after(@Nullable Assignment old, Assignment news) {
    List<ProjectSpec> kept = projects == null ? List.of() : projects;
    return new Unclaimed(items(old, news), KeptProjects.after(kept, old, news));
  }

  private List<WorkloadSpec> items(@Nullable Assignment old, Assignment news) {
    if (news.workloads() == null) {
      return items;
    }
    Set<String> claimed = new HashSet<>();
    news.workloads().items().forEach(s -> claimed.add(s.id()));
    List<WorkloadSpec> left = new ArrayList<>();
    if (old != null && news.epoch() > old.epoch() && old.workloads() != null) {
      old.workloads().items().stream().filter(s -> !claimed.contains(s.id())).forEach(left::add);
    }
    Set<String> kept = new HashSet<>();
    left.forEach(s -> kept.add(s.id()));
    items.stream()
        .filter(s -> !claimed.contains(s.id()) && !kept.contains(s.id()))
        .forEach(left::add);
    return left;
  }

  /** One that is exclusive may have been started elsewhere by now: it stops and waits. */
  private static WorkloadSpec safe(WorkloadSpec spec) {
    return spec.leased() ? spec.stoppedWithin(spec.stopGraceMillis()) : spec;
  }

  Unclaimed without(String id) {
    return new Unclaimed(items.stream().filter(s -> !s.id().equals(id)).toList(), projects);
  }

  /** The sections as the node must make them true: what is assigned, and what is unclaimed. */
  Assignment with(Assignment news) {
    return new Assignment(
        news.cluster(),
        news.epoch(),
        news.controls(),
        with(news.workloads()),
        news.peers(),
        news.routes(),
        news.certificates(),
        with(news.walls()),
        news.names());
  }

  private Assignment.@Nullable Workloads with(Assignment.@Nullable Workloads section) {
    if (section == null || items.isEmpty()) {
      return section;
    }
    Set<String> assigned = new HashSet<>();
    section.items().forEach(s -> assigned.add(s.id()));
    List<WorkloadSpec> all = new ArrayList<>(section.items());
    items.stream().filter(s -> !assigned.contains(s.id())).map(Unclaimed::safe).forEach(all::add);
    return new Assignment.Workloads(section.revision(), section.hash(), all, section.removed());
  }

  private Assignment.@Nullable Walls with(Assignment.@Nullable Walls section) {
    return section == null || projects == null
        ? section
        : new Assignment.Walls(
            section.revision(), section.hash(), KeptProjects.with(projects, section.items()));
  }
}
