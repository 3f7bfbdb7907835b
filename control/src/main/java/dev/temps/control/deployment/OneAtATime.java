package dev.temps.control.deployment;

import dev.temps.contract.agent.Lease;
import dev.temps.contract.api.RolloutRequest;
import dev.temps.control.node.NodeStore;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.scheduler.Home;
import dev.temps.kit.Problem;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Refuses early what an app of which there is one at a time can't be. Stateless. */
final class OneAtATime {
  private OneAtATime() {}

  /**
   * Checks a release before anything is touched.
   *
   * @throws dev.temps.kit.ProblemException 409 with the reason
   */
  static void check(Handle handle, Environment app, ReleaseSettings settings, long nowMillis) {
    replicas(app.app(), settings, app.replicas());
    lastOne(handle, app.app(), settings, nowMillis);
    String asked = settings.node();
    List<Home> homes = Homes.of(handle, app, settings);
    for (Home home : homes) {
      if (asked != null && !asked.equals(home.nodeId())) {
        String name = NodeStore.byId(handle, asked).map(n -> n.name()).orElse(asked);
        throw Problem.conflict(
                "volume-elsewhere",
                "The app's data is on another node than the one asked for.",
                name + " was asked for, but " + home.why() + ".",
                "Ask for that one, or leave --node out.")
            .raise();
      }
    }
    if (homes.stream().map(Home::nodeId).distinct().count() > 1) {
      throw Problem.conflict(
              "volumes-apart",
              "The app's volumes are on different nodes.",
              String.join("; ", homes.stream().map(Home::why).toList()) + ".",
              "Deploy with those of one node, or give one up with: temps volume remove")
          .raise();
    }
  }

  /** One that was removed has no row to wait for, but its lease may still run somewhere. */
  private static void lastOne(Handle handle, String app, ReleaseSettings settings, long nowMillis) {
    long over = Lease.OVER_AFTER.toMillis();
    for (Environment gone : ProjectStore.removedSince(handle, app, nowMillis - over)) {
      boolean leased =
          DeploymentStore.list(handle, gone.id(), 1).stream().anyMatch(d -> d.parsed().leased());
      Long removedAt = gone.removedAt();
      if (settings.leased() && leased && removedAt != null) {
        long left = (over - (nowMillis - removedAt) + 999) / 1_000;
        throw Problem.conflict(
                "exclusive-still-ending",
                "The exclusive app of that name before may still be ending.",
                app + " was removed just now, and there are never two of it at once.",
                "Deploy it again in " + left + " s.")
            .raise();
      }
    }
  }

  /**
   * Checks what was asked of its rollout; batches of an earlier release just don't count any more.
   *
   * @throws dev.temps.kit.ProblemException 409 when batches are asked for and can't be
   */
  static void batches(String app, ReleaseSettings settings, @Nullable RolloutRequest asked) {
    boolean batches = asked != null && (asked.maxSurge() != null || asked.maxUnavailable() != null);
    if (settings.oneAtATime() && batches) {
      throw Problem.conflict(
              "one-replica-only",
              "An app of which there is one at a time is not replaced in batches.",
              app + ": its old replica always ends before the new one starts.",
              "Leave --max-surge and --max-unavailable out.")
          .raise();
    }
  }

  /**
   * Checks a number of replicas.
   *
   * @throws dev.temps.kit.ProblemException 409 when it is more than one and can't be
   */
  static void replicas(String app, ReleaseSettings settings, int replicas) {
    if (settings.oneAtATime() && replicas > 1) {
      boolean data = !settings.mounts().isEmpty();
      throw Problem.conflict(
              "one-replica-only",
              data ? "An app with volumes runs one replica." : "An exclusive app runs one replica.",
              app
                  + " would have "
                  + replicas
                  + (data
                      ? ": two would write the same data without knowing of each other."
                      : ", and there are never two of it at once."),
              "Use one replica: --replicas 1")
          .raise();
    }
  }
}
