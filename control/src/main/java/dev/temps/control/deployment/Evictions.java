package dev.temps.control.deployment;

import dev.temps.control.mesh.AddressBook;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.volume.Volume;
import dev.temps.control.volume.VolumeStore;
import dev.temps.kit.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is placed on a node, and how it is taken from one that is gone. Thread-safe. */
public final class Evictions {
  private final AddressBook addresses;
  private final Time time;

  /** Evictions over the rooms of {@code parts}. */
  public Evictions(DeploymentParts parts) {
    this.addresses = parts.addresses();
    this.time = parts.time();
  }

  /**
   * A replica on a node.
   *
   * @param name {@code web-1}
   * @param blocker why it can't move, if that was tried and failed
   */
  public record Resident(String id, String app, String name, Optional<String> blocker) {}

  /** All replicas that hold a place on a node, by name. */
  public static List<Resident> on(Handle handle, String nodeId) {
    List<Resident> residents = new ArrayList<>();
    for (Replica replica : ReplicaStore.onNode(handle, nodeId)) {
      Deployment release = DeploymentStore.find(handle, replica.deploymentId()).orElseThrow();
      Environment app = ProjectStore.byId(handle, release.environmentId()).orElseThrow();
      Optional<String> blocker =
          Optional.ofNullable(release.reason())
              .filter(reason -> replica.staying() && reason.contains(NO_PLACE));
      residents.add(new Resident(replica.id(), app.app(), replica.name(app.app()), blocker));
    }
    return residents;
  }

  /** Names of the volumes whose data is on a node, as {@code app:name}. */
  public static List<String> volumesOn(Handle handle, String nodeId) {
    return VolumeStore.on(handle, nodeId).stream().map(Volume::fullName).toList();
  }

  /** Names of replicas on a node that run under a lease. */
  public static List<String> leasedOn(Handle handle, String nodeId) {
    List<String> names = new ArrayList<>();
    for (Replica replica : ReplicaStore.onNode(handle, nodeId)) {
      DeploymentStore.find(handle, replica.deploymentId())
          .filter(release -> release.parsed().leased())
          .flatMap(release -> ProjectStore.byId(handle, release.environmentId()))
          .ifPresent(app -> names.add(replica.name(app.app())));
    }
    return names;
  }

  /** The data of all volumes on a node goes with it; gives the app and name of each. */
  public static List<Volume> lose(Handle handle, String nodeId) {
    List<Volume> lost = VolumeStore.on(handle, nodeId);
    lost.forEach(volume -> VolumeStore.lost(handle, volume));
    return lost;
  }

  /** Takes all replicas from a node that will not come back; gives those it took. */
  public List<Resident> evict(Handle handle, String nodeId) {
    List<Resident> residents = on(handle, nodeId);
    for (Replica replica : ReplicaStore.onNode(handle, nodeId)) {
      ReplicaStore.remove(handle, replica, time.millis());
      addresses.release(handle, replica.id());
    }
    return residents;
  }

  /** Words every reason has that tells of a replica without a place. */
  static final String NO_PLACE = "no place for ";
}
