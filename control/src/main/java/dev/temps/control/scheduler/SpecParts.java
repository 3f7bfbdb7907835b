package dev.temps.control.scheduler;

import dev.temps.control.scheduler.PlacementSpec.Size;
import dev.temps.control.scheduler.PlacementSpec.Ties;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of a {@link PlacementSpec} while one of them changes. Not thread-safe. */
final class SpecParts {
  private final String app;
  private final String group;
  private @Nullable WorkloadName name;
  private Size size = Size.NONE;
  private Ties ties = Ties.NONE;
  private List<LabelRule> labels = List.of();
  private List<LabelRule> preferred = List.of();
  private List<Toleration> tolerations = List.of();
  private List<Affinity> affinities = List.of();
  private List<Spread> spreads = Spread.USUAL;
  private Strategy strategy = Strategy.SPREAD;
  private boolean global;
  private Set<HostPort> ports = Set.of();
  private Set<String> imageThere = Set.of();
  private Set<WorkloadName> linked = Set.of();

  SpecParts(String app, String group) {
    this.app = app;
    this.group = group;
  }

  SpecParts(PlacementSpec spec) {
    this(spec.app(), spec.group());
    this.name = spec.name();
    this.size = spec.size();
    this.ties = spec.ties();
    this.labels = spec.labels();
    this.preferred = spec.preferred();
    this.tolerations = spec.tolerations();
    this.affinities = spec.affinities();
    this.spreads = spec.spreads();
    this.strategy = spec.strategy();
    this.global = spec.global();
    this.ports = spec.ports();
    this.imageThere = spec.imageThere();
    this.linked = spec.linked();
  }

  SpecParts name(@Nullable WorkloadName other) {
    this.name = other;
    return this;
  }

  SpecParts size(Size other) {
    this.size = other;
    return this;
  }

  SpecParts ties(Ties other) {
    this.ties = other;
    return this;
  }

  SpecParts labels(List<LabelRule> other) {
    this.labels = other;
    return this;
  }

  SpecParts preferred(List<LabelRule> other) {
    this.preferred = other;
    return this;
  }

  SpecParts tolerations(List<Toleration> other) {
    this.tolerations = other;
    return this;
  }

  SpecParts affinities(List<Affinity> other) {
    this.affinities = other;
    return this;
  }

  SpecParts spreads(List<Spread> other) {
    this.spreads = other;
    return this;
  }

  SpecParts strategy(Strategy other) {
    this.strategy = other;
    return this;
  }

  SpecParts global(boolean other) {
    this.global = other;
    return this;
  }

  SpecParts ports(Set<HostPort> other) {
    this.ports = other;
    return this;
  }

  SpecParts imageThere(Set<String> other) {
    this.imageThere = other;
    return this;
  }

  SpecParts linked(Set<WorkloadName> other) {
    this.linked = other;
    return this;
  }

  PlacementSpec build() {
    return new PlacementSpec(
        app,
        group,
        name,
        size,
        ties,
        labels,
        preferred,
        tolerations,
        affinities,
        spreads,
        strategy,
        global,
        ports,
        imageThere,
        linked);
  }
}
