package dev.temps.control.deployment;

import java.util.List;
import java.util.Set;
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

  /** Numbers of the staying replicas: a replica and its successor have the same. */
  public Set<Integer> ordinals() {
    return staying().stream().map(Replica::ordinal).collect(Collectors.toUnmodifiableSet());
  }
}
