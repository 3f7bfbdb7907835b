package dev.temps.control.deployment;

import dev.temps.control.scheduler.Cluster;
import dev.temps.control.scheduler.NodeState;
import dev.temps.control.scheduler.Occupant;
import dev.temps.control.scheduler.PlacementSpec;
import java.util.List;

/**
 * What a loss of machines is judged by, at one moment; equal worlds have equal plans.
 *
 * @param machines by name
 * @param occupants all containers that hold a place
 * @param subjects apps by name: they get new places in this order
 * @param braked whether nothing moves by itself already
 */
record LossWorld(
    List<Machine> machines, List<Occupant> occupants, List<Subject> subjects, boolean braked) {
  LossWorld {
    machines = List.copyOf(machines);
    occupants = List.copyOf(occupants);
    subjects = List.copyOf(subjects);
  }

  /**
   * One machine.
   *
   * @param heard whether its agent is heard of and ready
   * @param counted whether it counts when the control plane asks for a majority
   */
  record Machine(
      NodeState state, boolean controlPlane, boolean ingress, boolean heard, boolean counted) {
    String id() {
      return state.id();
    }

    String name() {
      return state.name();
    }
  }

  /**
   * One app.
   *
   * @param running whether it is meant to run
   * @param answering replicas that answer now
   * @param parts its releases that have not ended, oldest first
   * @param data its volumes that live
   */
  record Subject(
      String app,
      String project,
      boolean running,
      List<Stay> answering,
      List<Part> parts,
      List<Data> data) {
    Subject {
      answering = List.copyOf(answering);
      parts = List.copyOf(parts);
      data = List.copyOf(data);
    }
  }

  /**
   * One release.
   *
   * @param spec what one more replica of it would need
   * @param oneAtATime whether the old replica must have ended before the next starts
   * @param leased whether it must be certain to have ended, too
   * @param staying replicas that are meant to stay, by number
   */
  record Part(PlacementSpec spec, boolean oneAtATime, boolean leased, List<Stay> staying) {
    Part {
      staying = List.copyOf(staying);
    }
  }

  /**
   * A replica where it is.
   *
   * @param number a replica and its successor have the same
   */
  record Stay(String name, int number, String nodeId) {}

  /** A volume by its full name, and the node that has its data. */
  record Data(String volume, String nodeId) {}

  Cluster cluster(List<NodeState> nodes) {
    return new Cluster(nodes, occupants);
  }
}
