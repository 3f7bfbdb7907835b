package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.json.Json;
import dev.temps.control.project.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds app states in a few words: time starts at one hour, everything was made at minute 50. */
final class Worlds {
  static final long NOW = 3_600_000;
  static final long MADE = 3_000_000;

  private final List<Release> releases = new ArrayList<>();
  private final Set<String> silent = new HashSet<>();
  private final Set<String> emptying = new HashSet<>();
  private final Set<String> down = new HashSet<>();
  private final Set<String> lapsed = new HashSet<>();
  private final Map<String, Integer> crowd = new HashMap<>();
  private int replicas = 1;
  private boolean exclusive;
  private Desired desired = Desired.running;
  private long restartGeneration;

  static Worlds wishing(int replicas) {
    Worlds world = new Worlds();
    world.replicas = replicas;
    return world;
  }

  Worlds stopped() {
    desired = Desired.stopped;
    return this;
  }

  Worlds restartGeneration(long generation) {
    restartGeneration = generation;
    return this;
  }

  Worlds silent(String node) {
    silent.add(node);
    return this;
  }

  Worlds emptying(String node) {
    emptying.add(node);
    return this;
  }

  Worlds down(String node) {
    silent.add(node);
    down.add(node);
    return this;
  }

  /** Releases made from now on are exclusive. */
  Worlds exclusive() {
    exclusive = true;
    return this;
  }

  /** No lease runs there any more. */
  Worlds lapsed(String node) {
    lapsed.add(node);
    return this;
  }

  Worlds crowd(String node, int containers) {
    crowd.put(node, containers);
    return this;
  }

  Worlds release(int number, DeploymentState state, Replica... of) {
    List<Replica> numbered = new ArrayList<>();
    for (Replica replica : of) {
      int ordinal = replica.ordinal() == 0 ? numbered.size() + 1 : replica.ordinal();
      numbered.add(owned("d-" + number, replica, ordinal));
    }
    releases.add(new Release(deployment(number, state, exclusive), numbered));
    return this;
  }

  AppState state() {
    return new AppState(
        new Environment(
            "e-1",
            "p-1",
            "web",
            "production",
            "web",
            desired,
            replicas,
            restartGeneration,
            9,
            0,
            null,
            0),
        releases,
        silent,
        emptying,
        down,
        lapsed,
        Map.of("n-a", "alpha", "n-b", "beta"),
        crowd,
        NOW);
  }

  List<Step> plan() {
    return DeploymentPlanner.plan(state());
  }

  static Deployment deployment(int number, DeploymentState state) {
    return deployment(number, state, false);
  }

  private static Deployment deployment(int number, DeploymentState state, boolean exclusive) {
    return new Deployment(
        "d-" + number,
        "e-1",
        number,
        "web:" + number,
        "sha256:0",
        null,
        Json.write(settings(exclusive)),
        "sealed",
        state,
        null,
        "me",
        MADE,
        null,
        0,
        null,
        null,
        null,
        null);
  }

  static ReleaseSettings settings() {
    return settings(false);
  }

  private static ReleaseSettings settings(boolean exclusive) {
    return new ReleaseSettings(
        List.of("amd64"),
        null,
        null,
        Map.of(),
        Map.of(),
        null,
        0,
        0,
        8080,
        "/health",
        "docker.io",
        null,
        null,
        exclusive,
        null,
        null);
  }

  static Replica healthy(String node) {
    return replica(node, ObservedState.running, Health.healthy, 0, NOW - 1000, null);
  }

  static Replica fresh(String node) {
    return replica(node, ObservedState.waiting, Health.unknown, 0, NOW - 1000, null);
  }

  static Replica replica(
      String node,
      ObservedState state,
      Health health,
      int restarts,
      long at,
      @Nullable String reason) {
    return new Replica(
        "c-0",
        "d-0",
        node,
        0,
        "10.208.17.10",
        Desired.running,
        0,
        0,
        0,
        "it fits",
        MADE,
        null,
        null,
        null,
        new Observed(state, health, reason, restarts, 7, 0, MADE, at));
  }

  static Replica retired(Replica replica, long at) {
    return new Replica(
        replica.id(),
        replica.deploymentId(),
        replica.nodeId(),
        replica.ordinal(),
        replica.address(),
        replica.desired(),
        replica.restartGeneration(),
        0,
        0,
        replica.placedBecause(),
        replica.createdAt(),
        at,
        at,
        null,
        replica.observed());
  }

  static Replica restarting(Replica replica, long wanted, long done) {
    return restarting(replica, wanted, done, replica.observed().at());
  }

  static Replica restarting(Replica replica, long wanted, long done, long healthySince) {
    Observed o = replica.observed();
    return new Replica(
        replica.id(),
        replica.deploymentId(),
        replica.nodeId(),
        replica.ordinal(),
        replica.address(),
        replica.desired(),
        wanted,
        0,
        0,
        replica.placedBecause(),
        replica.createdAt(),
        null,
        null,
        null,
        new Observed(
            o.state(),
            o.health(),
            o.reason(),
            o.restarts(),
            o.exitCode(),
            done,
            o.startedAt(),
            healthySince));
  }

  static Replica wanting(Replica replica, Desired desired) {
    return new Replica(
        replica.id(),
        replica.deploymentId(),
        replica.nodeId(),
        replica.ordinal(),
        replica.address(),
        desired,
        replica.restartGeneration(),
        0,
        0,
        replica.placedBecause(),
        replica.createdAt(),
        replica.retiredAt(),
        replica.unroutedAt(),
        null,
        replica.observed());
  }

  /** The same with a number of its own, as a successor has. */
  static Replica numbered(int ordinal, Replica replica) {
    return owned("d-0/" + replica.nodeId(), replica, ordinal);
  }

  private static Replica owned(String deployment, Replica replica, int ordinal) {
    return new Replica(
        deployment + "/" + ordinal,
        deployment,
        replica.nodeId(),
        ordinal,
        replica.address(),
        replica.desired(),
        replica.restartGeneration(),
        replica.cpuMillis(),
        replica.memoryBytes(),
        replica.placedBecause(),
        replica.createdAt(),
        replica.retiredAt(),
        replica.unroutedAt(),
        replica.removedAt(),
        replica.observed());
  }
}
