package dev.temps.control.killed;

import dev.temps.control.deployment.TestCluster;
import dev.temps.control.operation.OperationState;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * One kind of long work, as {@link KillAtEveryStepTest} runs it on a cluster of the nodes a, b and
 * c on which the app {@code web} has two replicas, on a and b. A new kind is a constant in the file
 * of its family, and a new family a line in {@link #all}.
 */
interface LongWork {
  /** All kinds of long work. */
  static Stream<LongWork> all() {
    return Stream.<LongWork[]>of(
            ReleaseWork.values(),
            AppWork.values(),
            NodeWork.values(),
            CaWork.values(),
            MeshWork.values(),
            UpgradeWork.values(),
            BackupWork.values())
        .flatMap(Arrays::stream);
  }

  /** How images behave; called for every run, before anything else. */
  default void outside(TestCluster.Outside outside) {}

  /** What is there before the work begins; nobody is killed yet. */
  default void prepare(World world) {}

  /** What a person asks for. Asked again when the control plane died before it was written. */
  void begin(World world);

  /** Whether the store knows of it, so that it needs no second asking. */
  boolean begun(World world);

  /** Kind of the operation that tells of it; "" for work without one. */
  String operation();

  /** How it ends when nobody is killed. */
  default OperationState ends() {
    return OperationState.succeeded;
  }

  /** 1 to be killed at every commit; more for work whose steps repeat, to leave some out. */
  default int stride() {
    return 1;
  }

  /** Whether a kill in the middle may end it otherwise, said so in its reason. */
  default boolean mayEndByKill() {
    return false;
  }

  /** Replicas that every ingress reaches at every moment. */
  default int least() {
    return 2;
  }

  /** Replicas there are at the end. */
  default int replicas() {
    return 2;
  }

  /** What a user would look at in the end. */
  default void check(World world) {}
}
