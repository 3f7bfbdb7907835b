package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import java.util.List;

/** One change the planner wants; each is safe to carry out twice. */
public sealed interface Step {
  /** Place and add so many replicas of a release. */
  record Place(Deployment release, int count) implements Step {}

  /** Place a successor elsewhere for a replica whose node is gone or being emptied. */
  record Succeed(Deployment release, Replica replica, String why) implements Step {}

  /** The routes lead to this release from now on; the one before stands by. */
  record Switch(Deployment release, String why) implements Step {}

  /**
   * A replica there can only be one of leaves its node, if there is a place elsewhere; the next one
   * starts when it has ended.
   */
  record Vacate(Deployment release, Replica replica, String why) implements Step {}

  /** This release has taken over; older ones are superseded and retire. */
  record Serve(Deployment release, String why) implements Step {}

  /**
   * This release gives up; its replicas go.
   *
   * @param culprit the replica whose last log lines tell why
   */
  record Fail(Deployment release, String why, Replica culprit) implements Step {}

  /** A younger release was asked for before this one served; its replicas go. */
  record Supersede(Deployment release, String why) implements Step {}

  /** The routes leave these replicas. */
  record Retire(List<Replica> replicas, String why) implements Step {
    public Retire {
      replicas = List.copyOf(replicas);
    }
  }

  /**
   * These replicas stop for good and keep their rows until their nodes say that they have ended.
   *
   * @param generation the restart generation by which that answer is known from older ones
   */
  record End(List<Replica> replicas, long generation) implements Step {
    public End {
      replicas = List.copyOf(replicas);
    }
  }

  /** These replicas leave their nodes. */
  record Remove(List<Replica> replicas) implements Step {
    public Remove {
      replicas = List.copyOf(replicas);
    }
  }

  /** These replicas run, or stop and keep their places. */
  record Want(List<Replica> replicas, Desired desired) implements Step {
    public Want {
      replicas = List.copyOf(replicas);
    }
  }

  /** This replica restarts once. */
  record Restart(Replica replica, long generation) implements Step {}
}
