package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.project.Environment;
import dev.temps.control.scheduler.Cluster;
import dev.temps.control.scheduler.Occupant;
import dev.temps.control.scheduler.Placement;
import dev.temps.control.scheduler.PlacementSpec;
import dev.temps.control.scheduler.Placer;
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
  private static final String RETIRED = "";

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
    List<Member> members = fleet.members(handle);
    List<Replica> living = ReplicaStore.living(handle);
    Cluster cluster =
        new Cluster(
            members.stream().map(Member::forPlacement).toList(),
            living.stream().map(Seating::occupant).toList());
    return switch (Placer.place(cluster, spec(handle, app, release), count)) {
      case Placement.Refused refused -> new Outcome.Refused(refused);
      case Placement.Placed placed ->
          new Outcome.Seated(insert(handle, app, release, placed, living, number, nowMillis));
    };
  }

  /** Why so many would not fit once those other releases are gone; empty when they would. */
  Optional<Placement.Refused> lack(
      Handle handle, Environment app, Deployment release, int count, Set<String> leaving) {
    Cluster cluster =
        new Cluster(
            fleet.members(handle).stream().map(Member::forPlacement).toList(),
            ReplicaStore.living(handle).stream()
                .filter(r -> !leaving.contains(r.deploymentId()))
                .map(Seating::occupant)
                .toList());
    return Placer.place(cluster, spec(handle, app, release), count)
            instanceof Placement.Refused refused
        ? Optional.of(refused)
        : Optional.empty();
  }

  private List<Replica> insert(
      Handle handle,
      Environment app,
      Deployment release,
      Placement.Placed placed,
      List<Replica> living,
      @Nullable Integer number,
      long nowMillis) {
    ReleaseSettings settings = release.parsed();
    Set<Integer> ordinals =
        living.stream()
            .filter(r -> r.deploymentId().equals(release.id()) && r.staying())
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
              addresses.assign(handle, seat.nodeId(), id),
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

  static Occupant occupant(Replica replica) {
    return new Occupant(
        replica.nodeId(),
        replica.staying() ? replica.deploymentId() : RETIRED,
        replica.cpuMillis(),
        replica.memoryBytes());
  }

  private static PlacementSpec spec(Handle handle, Environment app, Deployment release) {
    ReleaseSettings settings = release.parsed();
    return new PlacementSpec(
        app.app(),
        release.id(),
        settings.cpuMillis(),
        settings.memoryBytes(),
        settings.node(),
        settings.require(),
        settings.avoid(),
        settings.architectures(),
        settings.imageNodes() == null ? null : Set.copyOf(settings.imageNodes()),
        Homes.of(handle, app, settings));
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
        "Nothing was changed. Ask for less, free or uncordon a node, or add one with: temps join."
            + more);
  }
}
