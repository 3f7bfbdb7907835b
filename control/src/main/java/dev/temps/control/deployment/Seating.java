package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.project.Environment;
import dev.temps.control.scheduler.Cluster;
import dev.temps.control.scheduler.Home;
import dev.temps.control.scheduler.NodeState;
import dev.temps.control.scheduler.Placement;
import dev.temps.control.scheduler.PlacementSpec;
import dev.temps.control.scheduler.Placer;
import dev.temps.control.scheduler.Strategy;
import dev.temps.control.scheduler.WorkloadName;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Places replicas and adds their rows, inside the caller's transaction. Thread-safe. */
final class Seating {
  private final Fleet fleet;
  private final AddressBook addresses;
  private final Ids ids;

  Seating(Fleet fleet, AddressBook addresses, Ids ids) {
    this.fleet = fleet;
    this.addresses = addresses;
    this.ids = ids;
  }

  /** What a seating came to: the replicas that were added, or why none was. */
  sealed interface Outcome {
    /** They have their places. */
    record Seated(List<Replica> replicas) implements Outcome {}

    /** Nothing was added. */
    record Refused(Placement.Refused why) implements Outcome {}
  }

  /** Adds {@code count} replicas to a release, or none. */
  Outcome add(Handle handle, Environment app, Deployment release, int count, long nowMillis) {
    return add(handle, app, release, count, null, nowMillis);
  }

  /** Adds a successor of a replica: another one of the same number. */
  Outcome succeed(
      Handle handle, Environment app, Deployment release, Replica replica, long nowMillis) {
    return add(handle, app, release, 1, replica.ordinal(), nowMillis);
  }

  private Outcome add(
      Handle handle,
      Environment app,
      Deployment release,
      int count,
      @Nullable Integer number,
      long nowMillis) {
    return switch (Placer.place(cluster(handle), spec(handle, app, release), count)) {
      case Placement.Refused refused -> new Outcome.Refused(refused);
      case Placement.Placed placed ->
          new Outcome.Seated(insert(handle, app, release, placed, number, nowMillis));
    };
  }

  /** What one more replica of a release would need, when {@code usual} is the cluster's way. */
  static PlacementSpec needs(Handle handle, Environment app, Deployment release, Strategy usual) {
    ReleaseSettings settings = release.parsed();
    return spec(app.app(), release.id(), settings, Homes.of(handle, app, settings), usual)
        .size(settings.cpuMillis(), settings.memoryBytes(), 0);
  }

  /** All nodes, and all containers that hold a place. */
  Cluster cluster(Handle handle) {
    return new Cluster(
        fleet.members(handle).stream().map(Member::forPlacement).toList(), Neighbours.all(handle));
  }

  /** Why so many would not fit once those other releases are gone; empty when they would. */
  Optional<Placement.Refused> lack(
      Handle handle, Environment app, Deployment release, int count, Set<String> leaving) {
    Cluster cluster =
        new Cluster(
            fleet.members(handle).stream().map(Member::forPlacement).toList(),
            Neighbours.without(handle, leaving));
    return Placer.place(cluster, spec(handle, app, release), count)
            instanceof Placement.Refused refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  /** Why it would not fit if all nodes were open and empty: waiting would be in vain. */
  Optional<Placement.Refused> never(Handle handle, Environment app, Deployment release, int count) {
    List<NodeState> empty =
        fleet.members(handle).stream().map(m -> m.forPlacement().opened()).toList();
    // Who is near or far from others is found out when they are there.
    PlacementSpec alone = spec(handle, app, release).affine(List.of());
    return Placer.place(new Cluster(empty, List.of()), alone, count)
            instanceof Placement.Refused refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  /** On how many nodes one more of a release would fit that has none of it yet. */
  int everywhere(Handle handle, Environment app, Deployment release) {
    return Placer.everywhere(cluster(handle), spec(handle, app, release))
            instanceof Placement.Placed placed
        ? placed.seats().size()
        : 0;
  }

  private List<Replica> insert(
      Handle handle,
      Environment app,
      Deployment release,
      Placement.Placed placed,
      @Nullable Integer number,
      long nowMillis) {
    ReleaseSettings settings = release.parsed();
    Set<Integer> ordinals =
        ReplicaStore.ofDeployment(handle, release.id()).stream()
            .filter(Replica::staying)
            .map(Replica::ordinal)
            .collect(Collectors.toCollection(HashSet::new));
    List<Replica> added = new ArrayList<>();
    int ordinal = 0;
    for (Placement.Seat seat : placed.seats()) {
      do {
        ordinal++;
      } while (number == null && !ordinals.add(ordinal));
      String id = ids.next("c");
      Replica replica =
          new Replica(
              id,
              release.id(),
              seat.nodeId(),
              number == null ? ordinal : number,
              addresses.assign(handle, seat.nodeId(), id, app.projectId()),
              app.desired() == Desired.stopped ? Desired.stopped : Desired.running,
              app.restartGeneration(),
              settings.cpuMillis(),
              settings.memoryBytes(),
              seat.because(),
              nowMillis,
              null,
              null,
              null,
              Observed.nothing(nowMillis));
      ReplicaStore.insert(handle, replica);
      Homes.begin(handle, app, settings, seat.nodeId(), ids, nowMillis);
      added.add(replica);
    }
    return added;
  }

  private static PlacementSpec spec(Handle handle, Environment app, Deployment release) {
    return needs(handle, app, release, PlacementDefaults.strategy(handle));
  }

  /** What one more replica of a release without volumes would need, wherever it is best. */
  static PlacementSpec untied(Environment app, Deployment release) {
    ReleaseSettings settings = release.parsed();
    return spec(app.app(), release.id(), settings, List.of(), Strategy.SPREAD)
        .size(settings.cpuMillis(), settings.memoryBytes(), 0);
  }

  /**
   * What a container made from those settings needs, but for its size.
   *
   * @param usual the cluster's strategy, for settings that say none
   */
  static PlacementSpec spec(
      String app, String group, ReleaseSettings settings, List<Home> homes, Strategy usual) {
    PlacementSpec spec =
        PlacementSpec.of(app, group)
            .named(WorkloadName.app(app))
            .labelled(PlacementParser.labels(settings.require(), settings.avoid()))
            .tied(
                new PlacementSpec.Ties(
                    settings.node(),
                    settings.architectures(),
                    settings.imageNodes() == null ? null : Set.copyOf(settings.imageNodes()),
                    homes));
    return PlacementParser.apply(spec, settings.placement(), usual);
  }

  /** Why there is no place, and what would help, in one sentence. */
  static String words(Placement.Refused why) {
    return why.words() + (why.ways().isEmpty() ? "" : "; what would help: " + why.next());
  }

  /**
   * The refusal a person gets.
   *
   * @param more another way out, with a blank before it; empty when there is none
   */
  static Problem refusal(String app, Placement.Refused why, String more) {
    return Problem.conflict(
        "no-place",
        "There is no place for " + app + ".",
        why.words() + ".",
        "Nothing was changed. "
            + (why.ways().isEmpty()
                ? "Ask for less, or add a node with: temps join."
                : "What would help: " + why.next() + ".")
            + more);
  }
}
