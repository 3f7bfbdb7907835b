package dev.temps.control.deployment;

import dev.temps.contract.api.DeployPlan;
import dev.temps.contract.api.PlannedReplica;
import dev.temps.control.project.Environment;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Tells of a release that was just added where its replicas are. Stateless. */
final class DeployPlans {
  private DeployPlans() {}

  /** As the transaction sees it. */
  static DeployPlan of(
      Handle handle, Environment app, Deployment release, boolean created, List<Member> members) {
    List<PlannedReplica> seats =
        ReplicaStore.ofDeployment(handle, release.id()).stream()
            .map(r ->
                new PlannedReplica(
                    r.name(app.app()), nodeName(members, r.nodeId()), r.placedBecause()))
            .toList();
    String digest = release.digest() == null ? "" : "@" + release.digest();
    String waits = release.reason();
    if (waits == null && seats.size() < app.replicas()) {
      waits = "the others come when replicas of the release before have gone";
    }
    return new DeployPlan(
        app.app(),
        created,
        release.image() + digest,
        seats,
        app.replicas(),
        waits,
        PlacementDefaults.applied(handle, release.parsed()));
  }

  private static String nodeName(List<Member> members, String id) {
    return members.stream()
        .filter(m -> m.node().id().equals(id))
        .map(m -> m.node().name())
        .findFirst()
        .orElse(id);
  }
}
