package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.ObservedState;
import dev.temps.control.project.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything the planner looks at for one app, at one moment.
 *
 * @param releases that have not ended or still have replicas, oldest first
 * @param silent ids of nodes that are not heard of
 * @param emptying ids of nodes an operator wants emptied
 * @param down ids of nodes that are gone, as far as can be known
 * @param lapsed ids of nodes on which no lease runs any more, however cut off they live on
 * @param nodeNames names by id, for sentences
 * @param crowd containers per node, of all apps
 */
public record AppState(
    Environment app,
    List<Release> releases,
    Set<String> silent,
    Set<String> emptying,
    Set<String> down,
    Set<String> lapsed,
    Map<String, String> nodeNames,
    Map<String, Integer> crowd,
    long nowMillis) {

  public AppState {
    releases = List.copyOf(releases);
    silent = Set.copyOf(silent);
    emptying = Set.copyOf(emptying);
    down = Set.copyOf(down);
    lapsed = Set.copyOf(lapsed);
    nodeNames = Map.copyOf(nodeNames);
    crowd = Map.copyOf(crowd);
  }

  /** The release that has taken over; the routes lead to it unless one {@link #switched()}. */
  public Optional<Release> serving() {
    return releases.stream()
        .filter(r -> r.deployment().state() == DeploymentState.serving)
        .reduce((_, younger) -> younger);
  }

  /** The release that is taking over: the routes lead to it, the serving one stands by. */
  public Optional<Release> switched() {
    return releases.stream()
        .filter(r -> r.deployment().state() == DeploymentState.starting)
        .filter(r -> r.deployment().switchedAt() != null)
        .findFirst();
  }

  /** The release the routes lead to. */
  public Optional<Release> leading() {
    return switched().or(this::serving);
  }

  /** The youngest release that is still starting. */
  public Optional<Release> starting() {
    return releases.stream()
        .filter(r -> r.deployment().state() == DeploymentState.starting)
        .reduce((_, younger) -> younger);
  }

  /** The release that wishes about the app apply to: the youngest that has not ended. */
  public Optional<Release> newest() {
    return releases.stream()
        .filter(r -> !r.deployment().state().ended())
        .reduce((_, younger) -> younger);
  }

  /** Whether an old replica must have ended before a new one starts. */
  public boolean oneAtATime() {
    return releases.stream().anyMatch(r -> r.deployment().parsed().oneAtATime());
  }

  /** Whether a replica was told to stop for good. */
  boolean ending(Replica replica) {
    return replica.retiredAt() != null
        && replica.desired() == Desired.stopped
        && replica.restartGeneration() > app.restartGeneration();
  }

  /**
   * Whether a replica on its way out has surely ended: its node said so after it was told to, or
   * its lease is over. What writes a volume has no lease.
   */
  boolean over(Release release, Replica replica) {
    Observed seen = replica.observed();
    boolean said =
        ending(replica)
            && seen.state() == ObservedState.stopped
            && seen.generation() >= replica.restartGeneration();
    boolean leased = release.deployment().parsed().mounts().isEmpty();
    return said || (leased && lapsed.contains(replica.nodeId()));
  }

  /** Whether a replica is on a node it can't stay on. */
  public boolean leaving(Replica replica) {
    return emptying.contains(replica.nodeId()) || down.contains(replica.nodeId());
  }

  /** New replicas that serve beside the old ones while a release comes in batches. */
  public List<Replica> joining() {
    return Batches.coming(this).stream()
        .flatMap(release -> release.staying().stream())
        .filter(r -> r.healthy() && r.desired() == Desired.running)
        .toList();
  }

  /** A node's name, or its id when it is gone. */
  public String nodeName(String id) {
    return nodeNames.getOrDefault(id, id);
  }
}
