package dev.temps.agent.journal;

import dev.temps.contract.agent.Assignment;
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
 */
@Json
record Unclaimed(List<WorkloadSpec> items) {
  static final Unclaimed NONE = new Unclaimed(List.of());

  Unclaimed {
    items = List.copyOf(items);
  }

  /**
   * What is unclaimed after {@code news}. Pure.
   *
   * @param old the assignment until now, null for none
   */
  Unclaimed after(@Nullable Assignment old, Assignment news) {
    if (news.workloads() == null) {
      return this;
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
    return new Unclaimed(left);
  }

  /** One that is exclusive may have been started elsewhere by now: it stops and waits. */
  private static WorkloadSpec safe(WorkloadSpec spec) {
    return spec.leased() ? spec.stoppedWithin(spec.stopGraceMillis()) : spec;
  }

  Unclaimed without(String id) {
    return new Unclaimed(items.stream().filter(s -> !s.id().equals(id)).toList());
  }

  /** The section as the node must make it true: what is assigned, and what is unclaimed. */
  Assignment with(Assignment news) {
    Assignment.Workloads section = news.workloads();
    if (section == null || items.isEmpty()) {
      return news;
    }
    Set<String> assigned = new HashSet<>();
    section.items().forEach(s -> assigned.add(s.id()));
    List<WorkloadSpec> all = new ArrayList<>(section.items());
    items.stream().filter(s -> !assigned.contains(s.id())).map(Unclaimed::safe).forEach(all::add);
    return new Assignment(
        news.cluster(),
        news.epoch(),
        news.controls(),
        new Assignment.Workloads(section.revision(), section.hash(), all, section.removed()),
        news.peers(),
        news.routes(),
        news.certificates());
  }
}
