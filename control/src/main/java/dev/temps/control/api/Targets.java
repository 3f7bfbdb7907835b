package dev.temps.control.api;

import dev.temps.control.deployment.AppState;
import dev.temps.control.deployment.Fleet;
import dev.temps.control.deployment.Member;
import dev.temps.control.deployment.Release;
import dev.temps.control.deployment.Replica;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.kit.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the replicas a call is about. Thread-safe. */
final class Targets {
  private final ApiParts parts;

  Targets(ApiParts parts) {
    this.parts = parts;
  }

  /** A replica and the node it is on. */
  record Target(Environment app, Replica replica, Member member) {
    /** {@code web-1}. */
    String name() {
      return replica.name(app.app());
    }
  }

  /**
   * Replicas of an app that are meant to stay, of all its releases.
   *
   * @param ordinal only the one with that number; 0 for all
   * @throws dev.temps.kit.ProblemException 404 when there is no such app or replica
   */
  List<Target> of(String nameOrId, int ordinal) {
    List<Target> found =
        parts
            .database()
            .read(handle -> {
              Environment app = ProjectStore.get(handle, nameOrId);
              List<Member> members = parts.fleet().members(handle);
              List<Target> all = new ArrayList<>();
              for (AppState state : parts.states().all(handle, parts.time().millis())) {
                if (state.app().id().equals(app.id())) {
                  for (Release release : state.releases()) {
                    release.staying().stream()
                        .filter(r -> ordinal == 0 || r.ordinal() == ordinal)
                        .map(r -> new Target(app, r, Fleet.named(members, r.nodeId())))
                        .forEach(all::add);
                  }
                }
              }
              return all;
            });
    if (found.isEmpty()) {
      throw Problem.of(
              "no-such-replica",
              404,
              "There is no such replica.",
              ordinal == 0
                  ? nameOrId + " has no replicas now."
                  : nameOrId + " has no replica with the number " + ordinal + ".",
              "List them with: temps ps " + nameOrId)
          .raise();
    }
    return found;
  }

  /**
   * The one replica to talk to: a healthy one on a node that is heard of, if there is one.
   *
   * @throws dev.temps.kit.ProblemException 404, or 409 when its node is not heard of
   */
  Target one(String nameOrId, int ordinal) {
    Target best =
        of(nameOrId, ordinal).stream()
            .min(
                Comparator.comparing((Target t) -> !t.member().heard())
                    .thenComparing(t -> !t.replica().healthy())
                    .thenComparingInt(t -> t.replica().ordinal()))
            .orElseThrow();
    if (!best.member().heard()) {
      throw Problem.conflict(
              "node-silent",
              "The replica's node is not heard of.",
              best.name() + " is on " + best.member().node().name() + ".",
              "Look at the nodes with: temps node list")
          .raise();
    }
    return best;
  }
}
