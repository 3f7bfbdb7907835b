package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A deployment and its replicas that are still on a node, by ordinal. */
public record Release(Deployment deployment, List<Replica> replicas) {
  public Release {
    replicas = List.copyOf(replicas);
  }

  /** Replicas that are meant to stay. */
  public List<Replica> staying() {
    return replicas.stream().filter(Replica::staying).toList();
  }

  /** How many different ones of the staying can answer requests: a successor counts once. */
  public int healthy() {
    return Math.toIntExact(
        staying().stream().filter(Replica::healthy).mapToInt(Replica::ordinal).distinct().count());
  }

  /**
   * Replicas that others are to speak to: the healthy ones of those that should run, or all of them
   * when none is healthy.
   *
   * @param where which of them can be reached at all
   */
  public List<Replica> spokenTo(Predicate<Replica> where) {
    List<Replica> wanted =
        staying().stream().filter(r -> r.desired() == Desired.running).filter(where).toList();
    List<Replica> healthy = wanted.stream().filter(Replica::healthy).toList();
    return healthy.isEmpty() ? wanted : healthy;
  }

  /** Numbers of the staying replicas: a replica and its successor have the same. */
  public Set<Integer> ordinals() {
    return staying().stream().map(Replica::ordinal).collect(Collectors.toUnmodifiableSet());
  }
}
