package dev.temps.control.scheduler;

import java.util.List;

/** Nodes and what is promised on them, at one moment. */
public record Cluster(List<NodeState> nodes, List<Occupant> occupants) {
  public Cluster {
    nodes = List.copyOf(nodes);
    occupants = List.copyOf(occupants);
  }
}
