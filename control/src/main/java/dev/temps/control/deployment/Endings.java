package dev.temps.control.deployment;

import dev.temps.control.mesh.AddressBook;
import org.jdbi.v3.core.Handle;

/** How releases and replicas end, inside the caller's transaction. Thread-safe. */
final class Endings {
  private final AddressBook addresses;

  Endings(AddressBook addresses) {
    this.addresses = addresses;
  }

  /**
   * Ends a release that has not taken over. Replicas that answer requests already, because the
   * routes lead to them, leave the routes first, and those there may only be one of are seen to end
   * before the next starts; the others go at once.
   */
  void end(Handle handle, AppState state, Deployment release, DeploymentState to, String why) {
    long now = state.nowMillis();
    if (!DeploymentStore.move(handle, release, to, why, now)) {
      return;
    }
    boolean batch = state.serving().isPresent() && release.parsed().pace().batched();
    boolean routed = batch || release.switchedAt() != null;
    for (Replica replica : ReplicaStore.ofDeployment(handle, release.id())) {
      if (state.oneAtATime() || (routed && (replica.healthy() || !replica.staying()))) {
        ReplicaStore.retire(handle, replica, now);
      } else {
        remove(handle, replica, now);
      }
    }
  }

  /** Takes a replica from its node. */
  void remove(Handle handle, Replica replica, long nowMillis) {
    ReplicaStore.remove(handle, replica, nowMillis);
    addresses.release(handle, replica.id());
  }
}
