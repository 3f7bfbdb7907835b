package dev.temps.control.api;

import dev.temps.control.access.Caller;
import dev.temps.control.access.Grant;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers whose token is held to projects to those. Stands in front of every operation: one
 * with an app in its path or query is about that app, any other must say that it {@linkplain
 * Endpoint#filters filters}, or is refused. Thread-safe.
 */
final class Walls {
  private final Database database;

  Walls(Database database) {
    this.database = database;
  }

  /**
   * Lets a call through that its caller's projects allow.
   *
   * @throws dev.temps.kit.ProblemException 404 or 403 otherwise
   */
  void check(Endpoint endpoint, Call call) {
    Grant grant = call.caller().grant();
    if (grant.everywhere()) {
      return;
    }
    boolean ofApp = endpoint.path().contains("{app}");
    if (ofApp) {
      app(call.caller(), call.path("app"));
    } else if (!endpoint.filters()) {
      throw Problem.of(
              "held-to-projects",
              403,
              "This token is held to projects, and that is about the whole cluster.",
              "It is for: " + projects(grant) + ".",
              "Use a token that is not held to projects.")
          .raise();
    }
    String asked = call.query("app");
    if (asked != null) {
      app(call.caller(), asked);
    }
  }

  /**
   * The same for an app by name or id: who may not see it is told what they would be if it were not
   * there.
   */
  void app(Caller caller, @Nullable String nameOrId) {
    Grant grant = caller.grant();
    if (grant.everywhere() || nameOrId == null) {
      return;
    }
    Optional<Environment> app = database.read(h -> ProjectStore.find(h, nameOrId));
    if (app.filter(a -> grant.reaches(a.project())).isEmpty()) {
      throw Problem.of(
              "no-such-app",
              404,
              "There is no such app.",
              "No app in this token's projects ("
                  + projects(grant)
                  + ") has the name or id "
                  + Text.quoted(nameOrId)
                  + ".",
              "List them with: temps ps")
          .raise();
    }
  }

  /** What may be deployed: also to a project that does not exist yet. */
  static void project(Caller caller, String name) {
    if (!caller.grant().reaches(name)) {
      throw Problem.of(
              "held-to-projects",
              403,
              "This token may not deploy to that project.",
              Text.quoted(name) + " is not among its projects: " + projects(caller.grant()) + ".",
              "Ask an owner for a token with: --project " + Text.quoted(name))
          .raise();
    }
  }

  private static String projects(Grant grant) {
    return String.join(", ", grant.projects().stream().sorted().toList());
  }
}
