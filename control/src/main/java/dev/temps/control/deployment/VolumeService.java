package dev.temps.control.deployment;

import dev.temps.control.access.Grant;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.EventStore;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.store.Database;
import dev.temps.control.volume.Volume;
import dev.temps.control.volume.VolumeState;
import dev.temps.control.volume.VolumeStore;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Volumes of apps: which there are, and the end of those nobody needs any more. Thread-safe. */
public final class VolumeService {
  private final Database database;
  private final EventStore events;
  private final AuditLog audit;
  private final Time time;
  private final Runnable changed;

  /** A service over the rooms of {@code parts}. */
  public VolumeService(DeploymentParts parts) {
    this.database = parts.database();
    this.events = parts.events();
    this.audit = parts.audit();
    this.time = parts.time();
    this.changed = parts.changed();
  }

  /**
   * A volume with what people ask about it.
   *
   * @param node name of its node
   * @param path where its app's newest release mounts it, null when no app uses it
   */
  public record Seen(Volume volume, String node, @Nullable String path) {}

  /** Living volumes a caller may see, by app and name. */
  public List<Seen> list(Grant grant) {
    return database.read(handle ->
        VolumeStore.living(handle).stream()
            .filter(v -> grant.reaches(v.project()))
            .map(v -> seen(handle, v))
            .toList());
  }

  /**
   * One of them, by id or {@code app:name}.
   *
   * @throws dev.temps.kit.ProblemException 404
   */
  public Seen find(String nameOrId, Grant grant) {
    return database.read(handle -> seen(handle, get(handle, nameOrId, grant)));
  }

  private static Volume get(Handle handle, String nameOrId, Grant grant) {
    return VolumeStore.living(handle).stream()
        .filter(v -> v.id().equals(nameOrId) || v.fullName().equals(nameOrId))
        .filter(v -> grant.reaches(v.project()))
        .findFirst()
        .orElseThrow(() ->
            Problem.of(
                    "no-such-volume",
                    404,
                    "There is no such volume.",
                    "None has the name or id " + Text.quoted(nameOrId) + ".",
                    "List them with: temps volume list")
                .raise());
  }

  private static Seen seen(Handle handle, Volume volume) {
    String node = NodeStore.byId(handle, volume.nodeId()).map(Node::name).orElse(volume.nodeId());
    Optional<String> path =
        app(handle, volume)
            .flatMap(app -> DeploymentStore.youngest(handle, app.id()))
            .map(release -> release.parsed().mounts().get(volume.name()));
    return new Seen(volume, node, path.orElse(null));
  }

  private static Optional<Environment> app(Handle handle, Volume volume) {
    return ProjectStore.find(handle, volume.app())
        .filter(a -> a.project().equals(volume.project()) && a.name().equals(volume.environment()));
  }

  /**
   * Gives a volume up: its node sets the data aside and deletes it a week later. One that was lost
   * may be given up while its app wants it: that is how the app begins with an empty one.
   *
   * @throws dev.temps.kit.ProblemException 404, or 409 while an app uses it
   */
  public void remove(String nameOrId, Grant grant, Actor actor) {
    database.change(handle -> {
      Volume volume = get(handle, nameOrId, grant);
      List<String> users = volume.state() == VolumeState.lost ? List.of() : users(handle, volume);
      if (!users.isEmpty()) {
        throw Problem.conflict(
                "volume-in-use",
                "The volume is in use.",
                volume.fullName() + " is used by " + String.join(", ", users) + ".",
                "Deploy the app without it (temps deploy --no-volumes), or remove the app, first.")
            .raise();
      }
      long now = time.millis();
      VolumeStore.remove(handle, volume, now);
      String what =
          volume.state() == VolumeState.lost
              ? " was lost; the next one begins empty"
              : "; its data is kept aside for a week";
      events.add(
          handle,
          now,
          "volume.removed",
          volume.app(),
          volume.nodeId(),
          actor.name() + ": " + volume.fullName() + what);
      audit.done(handle, actor, "volume.remove", volume.fullName());
    });
    changed.run();
  }

  /** Releases that may still serve with it, and containers that hold it. */
  private static List<String> users(Handle handle, Volume volume) {
    List<String> users = new ArrayList<>();
    Environment app = app(handle, volume).orElse(null);
    if (app == null) {
      return users;
    }
    for (Deployment release : DeploymentStore.live(handle)) {
      boolean mounts = release.parsed().mounts().containsKey(volume.name());
      if (mounts && release.environmentId().equals(app.id())) {
        users.add("release " + release.number() + " of " + app.app());
      }
    }
    return users;
  }
}
