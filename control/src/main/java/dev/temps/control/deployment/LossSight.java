package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.control.deployment.LossWorld.Data;
import dev.temps.control.deployment.LossWorld.Machine;
import dev.temps.control.deployment.LossWorld.Part;
import dev.temps.control.deployment.LossWorld.Stay;
import dev.temps.control.deployment.LossWorld.Subject;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Liveness;
import dev.temps.control.scheduler.Strategy;
import dev.temps.control.volume.Volume;
import dev.temps.control.volume.VolumeState;
import dev.temps.control.volume.VolumeStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Reads what a loss is judged by, inside the caller's transaction. Thread-safe. */
final class LossSight {
  private final Fleet fleet;
  private final Seating seating;
  private final AppStates states;

  LossSight(Fleet fleet, Seating seating) {
    this.fleet = fleet;
    this.seating = seating;
    this.states = new AppStates(fleet);
  }

  LossWorld read(Handle handle, boolean braked, long nowMillis) {
    List<Machine> machines = fleet.members(handle).stream().map(LossSight::machine).toList();
    Map<String, List<Volume>> volumes =
        VolumeStore.living(handle).stream().collect(Collectors.groupingBy(Volume::app));
    Strategy usual = PlacementDefaults.strategy(handle);
    List<Subject> subjects =
        states.all(handle, nowMillis).stream()
            .map(state ->
                subject(handle, state, volumes.getOrDefault(state.app().app(), List.of()), usual))
            .toList();
    return new LossWorld(machines, seating.cluster(handle).occupants(), subjects, braked);
  }

  private static Machine machine(Member member) {
    Liveness is = member.liveness();
    boolean counted =
        (is == Liveness.ready || is == Liveness.suspect)
            && member.node().availability() != Availability.drained;
    return new Machine(
        member.forPlacement(),
        member.node().controlPlane(),
        member.node().ingress(),
        is == Liveness.ready,
        counted);
  }

  private Subject subject(Handle handle, AppState state, List<Volume> volumes, Strategy usual) {
    List<Release> living =
        state.releases().stream().filter(r -> !r.deployment().state().ended()).toList();
    List<Part> parts = living.stream().map(r -> part(handle, state, r, usual)).toList();
    List<Data> data =
        volumes.stream()
            .filter(v -> v.state() != VolumeState.lost)
            .filter(v -> living.stream().anyMatch(r -> mounts(r, v)))
            .map(v -> new Data(v.fullName(), v.nodeId()))
            .toList();
    boolean running = state.app().desired() == Desired.running && state.app().replicas() > 0;
    return new Subject(
        state.app().app(), state.app().project(), running, answering(state), parts, data);
  }

  private static boolean mounts(Release release, Volume volume) {
    return release.deployment().parsed().mounts().containsKey(volume.name());
  }

  private static Part part(Handle handle, AppState state, Release release, Strategy usual) {
    ReleaseSettings settings = release.deployment().parsed();
    return new Part(
        Seating.needs(handle, state.app(), release.deployment(), usual),
        settings.oneAtATime(),
        settings.leased(),
        release.staying().stream().map(r -> stay(state, r)).toList());
  }

  private static List<Stay> answering(AppState state) {
    Stream<Replica> led = state.leading().stream().flatMap(r -> r.staying().stream());
    return Stream.concat(led, state.joining().stream())
        .filter(r -> r.healthy() && r.desired() == Desired.running)
        .filter(r -> !state.silent().contains(r.nodeId()))
        .distinct()
        .map(r -> stay(state, r))
        .toList();
  }

  private static Stay stay(AppState state, Replica replica) {
    return new Stay(replica.name(state.app().app()), replica.ordinal(), replica.nodeId());
  }
}
