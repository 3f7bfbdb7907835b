package dev.temps.control.deployment;

import java.util.List;

/** A deployment and its replicas that are still on a node, by ordinal. */
public record Release(Deployment deployment, List<Replica> replicas) {
  public Release {
    replicas = List.copyOf(replicas);
  }

  /** Replicas that are meant to stay. */
  public List<Replica> staying() {
    return replicas.stream().filter(Replica::staying).toList();
  }

  /** How many of the staying ones can answer requests. */
  public int healthy() {
    return Math.toIntExact(staying().stream().filter(Replica::healthy).count());
  }
}
