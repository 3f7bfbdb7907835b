package dev.temps.control.killed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.deployment.Deployment;
import dev.temps.control.deployment.DeploymentState;
import dev.temps.control.deployment.Replica;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold, whoever was killed. */
final class Invariants {
  private static final long MILLIS_OF_A_NODE = 2_000;

  private Invariants() {}

  /** At every moment. */
  static void hold(World world, int least) {
    Set<String> running =
        world.running().stream().map(Replica::id).collect(Collectors.toUnmodifiableSet());
    world
        .served()
        .forEach((node, backends) -> {
          long answering = backends.stream().filter(running::contains).count();
          assertTrue(
              answering >= least,
              () -> "the ingress of " + node + " reaches " + answering + " of " + least);
        });
    Set<String> addresses = new HashSet<>();
    Map<String, Long> reserved = new HashMap<>();
    for (Replica replica : world.cluster().living()) {
      assertTrue(addresses.add(replica.address()), "an address twice: " + replica);
      reserved.merge(replica.nodeId(), replica.cpuMillis(), Long::sum);
    }
    reserved.forEach((node, millis) -> assertTrue(millis <= MILLIS_OF_A_NODE, node));
    long serving =
        world.releases().stream().filter(d -> d.state() == DeploymentState.serving).count();
    assertTrue(serving == 1 || (serving == 0 && least == 0), "releases that serve: " + serving);
  }

  /** In the end. */
  static void holdInTheEnd(World world, int replicas) {
    List<Replica> living = world.cluster().living();
    Deployment serving = world.serving();
    List<String> wrong =
        living.stream()
            .filter(r -> !r.deploymentId().equals(serving.id()) || !r.staying() || !r.healthy())
            .map(Replica::toString)
            .toList();
    assertEquals(List.of(), wrong, "replicas that should be gone or are not well");
    assertEquals(replicas, living.size(), "replicas");
    assertEquals(
        replicas, living.stream().map(Replica::ordinal).distinct().count(), "numbers of replicas");
    List<String> ids = living.stream().map(Replica::id).sorted().toList();
    assertEquals(ids, world.addressOwners(), "who has an address");
    world
        .served()
        .forEach((node, backends) -> assertEquals(ids, backends.stream().sorted().toList(), node));
    assertTrue(
        world.releases().stream().noneMatch(d -> d.state() == DeploymentState.starting),
        "no release is left on its way");
    assertEquals(List.of(), world.unfinished(), "no operation is left on its way");
  }
}
