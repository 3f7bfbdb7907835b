package dev.temps.control.deployment;

import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.RunStart;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.api.RunRequest;
import dev.temps.control.audit.Actor;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.scheduler.Cluster;
import dev.temps.control.scheduler.Occupant;
import dev.temps.control.scheduler.Placement;
import dev.temps.control.scheduler.PlacementSpec;
import dev.temps.control.scheduler.Placer;
import dev.temps.control.scheduler.Spread;
import dev.temps.kit.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Containers for one command each, made from what an app serves with. They live as long as their
 * caller's connection, so no row says that they should; only their address is in the store, and is
 * given back by {@link #recover} when this process ended before them.
 *
 * <p>Each is placed where there is room beside all replicas and all others of its kind. For
 * releases it does not count: somebody's open shell must never refuse a rollout its place.
 * Thread-safe.
 */
public final class OneOffService {
  private static final String PREFIX = "run";
  private static final int TIMEOUT_MAX_SECONDS = 7 * 24 * 3600;

  private final DeploymentParts parts;
  private final NodeWorkloads workloads;
  private final Map<String, Occupant> running = new ConcurrentHashMap<>();

  /** None yet; specs are made by {@code workloads}. */
  public OneOffService(DeploymentParts parts, NodeWorkloads workloads) {
    this.parts = parts;
    this.workloads = workloads;
  }

  /**
   * Gives one its place and address, and keeps who wanted it; nothing is started yet.
   *
   * @throws dev.temps.kit.ProblemException 404, 422, or 409 when the app has no release to take, or
   *     volumes, or there is no place; nothing changed
   */
  public OneOff begin(String nameOrId, RunRequest request, Actor actor) {
    List<String> command = command(request.command());
    Long cpu = WishParser.cpu(request.cpuMillis());
    Long memory = WishParser.memory(request.memoryBytes());
    Duration limit = limit(request.timeoutSeconds());
    ExecStart exec = new ExecStart(command, request.terminal(), request.columns(), request.rows());
    OneOff begun =
        parts
            .database()
            .write(handle -> {
              Environment app = ProjectStore.get(handle, nameOrId);
              Deployment release = release(handle, app);
              ReleaseSettings settings = release.parsed();
              refuseVolumes(app, settings);
              Room room =
                  new Room(
                      cpu == null ? settings.cpuMillis() : cpu,
                      memory == null ? settings.memoryBytes() : memory);
              Member member = place(handle, app, settings, room);
              return new OneOff(
                  member.node(),
                  member.agent(),
                  new RunStart(container(handle, member, app, release, room, exec, actor), exec),
                  limit);
            });
    parts.changed().run(); // its address is its project's: every node is to know before it starts
    WorkloadSpec spec = begun.start().workload();
    running.put(
        begun.id(),
        new Occupant(begun.node().id(), begun.id(), spec.cpuMillis(), spec.memoryBytes()));
    return begun;
  }

  /** What one is promised, and held to. */
  private record Room(long cpuMillis, long memoryBytes) {}

  private static List<String> command(List<String> words) {
    if (words.isEmpty()) {
      throw Problem.invalid("command", "The command is empty.", "Name a program to run.").raise();
    }
    return WishParser.command(words);
  }

  private static @Nullable Duration limit(@Nullable Integer seconds) {
    if (seconds != null && (seconds < 1 || seconds > TIMEOUT_MAX_SECONDS)) {
      throw Problem.invalid(
              "timeout",
              seconds + " seconds are not possible.",
              "Use 1 second to 7 days, or none for no limit.")
          .raise();
    }
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  /** What the app serves with; while its very first release is being started, that one. */
  private static Deployment release(Handle handle, Environment app) {
    List<Deployment> living =
        DeploymentStore.live(handle).stream()
            .filter(d -> d.environmentId().equals(app.id()) && !d.state().ended())
            .toList();
    return living.stream()
        .filter(d -> d.state() == DeploymentState.serving)
        .findFirst()
        .or(() -> living.stream().reduce((_, younger) -> younger))
        .orElseThrow(() ->
            Problem.conflict(
                    "no-release",
                    "The app has no release to run a command from.",
                    app.app() + " never had one that could serve.",
                    "Deploy one first; its log says why the last failed: temps deployment list "
                        + app.app())
                .raise());
  }

  private static void refuseVolumes(Environment app, ReleaseSettings settings) {
    if (!settings.mounts().isEmpty()) {
      throw Problem.conflict(
              "volume-in-use",
              "The app has a volume, and a volume has one writer.",
              app.app()
                  + " writes "
                  + String.join(", ", settings.mounts().keySet().stream().sorted().toList())
                  + "; a second container without it would find other data, or none.",
              "Run the command where the data is: temps exec " + app.app() + " -- COMMAND")
          .raise();
    }
  }

  private Member place(Handle handle, Environment app, ReleaseSettings settings, Room room) {
    List<Member> members = parts.fleet().members(handle);
    List<Occupant> occupants =
        Stream.concat(Neighbours.all(handle).stream(), running.values().stream()).toList();
    Cluster cluster = new Cluster(members.stream().map(Member::forPlacement).toList(), occupants);
    PlacementSpec spec =
        Seating.spec(app.app(), PREFIX, settings, List.of(), PlacementDefaults.strategy(handle))
            .everywhere(false)
            .spread(Spread.USUAL)
            .size(room.cpuMillis(), room.memoryBytes(), 0);
    return switch (Placer.place(cluster, spec, 1)) {
      case Placement.Refused refused -> throw Seating.refusal(app.app(), refused, "").raise();
      case Placement.Placed placed -> Fleet.named(members, placed.seats().getFirst().nodeId());
    };
  }

  private WorkloadSpec container(
      Handle handle,
      Member member,
      Environment app,
      Deployment release,
      Room room,
      ExecStart exec,
      Actor actor) {
    String id = parts.ids().next(PREFIX);
    String address = parts.addresses().assign(handle, member.node().id(), id, app.projectId());
    // The program only: its arguments may hold secrets.
    String what = id + " on " + member.node().name() + ": " + exec.command().getFirst();
    parts
        .events()
        .add(
            handle,
            parts.time().millis(),
            "app.run",
            app.app(),
            member.node().id(),
            actor.name() + ": " + what);
    parts.audit().done(handle, actor, "app.run", app.app() + " (" + what + ")");
    return workloads.once(
        handle,
        member.node(),
        app,
        release,
        new NodeWorkloads.Once(id, address, room.cpuMillis(), room.memoryBytes()));
  }

  /** Its container is gone, or goes: its address rests. Again is fine. */
  public void end(OneOff one) {
    if (running.remove(one.id()) != null) {
      parts.database().change(handle -> parts.addresses().release(handle, one.id()));
    }
  }

  /**
   * Gives back the addresses of those that a former process began; their connections ended with it,
   * and agents remove what is behind a connection that ended. To be called before any begins.
   */
  public void recover() {
    parts.database().change(handle -> parts.addresses().releaseAll(handle, PREFIX));
  }
}
