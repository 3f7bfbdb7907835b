package dev.temps.control.project;

import dev.temps.contract.agent.Desired;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Reads and writes projects and environments inside the caller's transaction. Stateless. */
public final class ProjectStore {
  private static final String SELECT =
      """
      SELECT e.id, e.project_id, p.name AS project, e.name, e.app, e.desired, e.replicas,
             e.restart_generation, e.next_number, e.created_at, e.removed_at, e.version
      FROM environments e JOIN projects p ON p.id = e.project_id
      """;

  private ProjectStore() {}

  /** All living apps by name. */
  public static List<Environment> apps(Handle handle) {
    return handle
        .createQuery(SELECT + "WHERE e.removed_at IS NULL ORDER BY e.app")
        .mapTo(Environment.class)
        .list();
  }

  /** Apps of the projects with these names, removed ones too. */
  public static List<Environment> ofProjects(Handle handle, Set<String> projects) {
    return projects.isEmpty()
        ? List.of()
        : handle
            .createQuery(SELECT + "WHERE p.name IN (<projects>) ORDER BY e.app, e.id")
            .bindList("projects", List.copyOf(projects))
            .mapTo(Environment.class)
            .list();
  }

  /** A living app by name or id. */
  public static Optional<Environment> find(Handle handle, String nameOrId) {
    return handle
        .createQuery(
            SELECT + "WHERE e.removed_at IS NULL AND (e.app = :key OR e.id = :key) ORDER BY e.id")
        .bind("key", nameOrId)
        .mapTo(Environment.class)
        .findFirst();
  }

  /**
   * A living app by name or id.
   *
   * @throws dev.temps.kit.ProblemException 404 when there is none
   */
  public static Environment get(Handle handle, String nameOrId) {
    return find(handle, nameOrId)
        .orElseThrow(() ->
            Problem.of(
                    "no-such-app",
                    404,
                    "There is no such app.",
                    "No app has the name or id " + Text.quoted(nameOrId) + ".",
                    "List them with: temps ps")
                .raise());
  }

  /** A living project by name. */
  public static Optional<Project> project(Handle handle, String name) {
    return handle
        .createQuery("SELECT id, name FROM projects WHERE name = :name AND removed_at IS NULL")
        .bind("name", name)
        .mapTo(Project.class)
        .findOne();
  }

  /** All projects, removed ones too. */
  public static List<Project> projects(Handle handle) {
    return handle
        .createQuery("SELECT id, name FROM projects ORDER BY id")
        .mapTo(Project.class)
        .list();
  }

  /** Apps of that name that were removed at that time or later. */
  public static List<Environment> removedSince(Handle handle, String app, long sinceMillis) {
    return handle
        .createQuery(SELECT + "WHERE e.app = :app AND e.removed_at >= :since ORDER BY e.id")
        .bind("app", app)
        .bind("since", sinceMillis)
        .mapTo(Environment.class)
        .list();
  }

  /** Apps, removed or not, that have replicas on a node. */
  public static List<Environment> onNode(Handle handle, String nodeId) {
    return handle
        .createQuery(
            SELECT
                + """
                WHERE e.id IN (SELECT d.environment_id FROM deployments d
                  JOIN deployment_containers c ON c.deployment_id = d.id
                  WHERE c.node_id = :node AND c.removed_at IS NULL)
                """)
        .bind("node", nodeId)
        .mapTo(Environment.class)
        .list();
  }

  /** An app by id, removed or not. */
  public static Optional<Environment> byId(Handle handle, String id) {
    return handle
        .createQuery(SELECT + "WHERE e.id = :id")
        .bind("id", id)
        .mapTo(Environment.class)
        .findOne();
  }

  /**
   * Adds an app, and its project when that is missing.
   *
   * @param ids ids to use for a new project and the environment
   * @throws dev.temps.kit.ProblemException 409 when another project's environment has the name
   */
  public static Environment create(
      Handle handle, AppName name, NewIds ids, int replicas, long nowMillis) {
    find(handle, name.text())
        .ifPresent(other -> {
          throw Problem.conflict(
                  "app-name-taken",
                  "The app name is taken.",
                  "\""
                      + other.app()
                      + "\" is environment "
                      + other.name()
                      + " of project "
                      + other.project()
                      + ".",
                  "Choose another project or environment name.")
              .raise();
        });
    String projectId = projectId(handle, name.project().value(), ids.project(), nowMillis);
    handle
        .createUpdate(
            """
            INSERT INTO environments (id, project_id, name, app, desired, replicas,
              restart_generation, next_number, created_at, version)
            VALUES (:id, :project, :name, :app, 'running', :replicas, 0, 1, :now, 0)
            """)
        .bind("id", ids.environment())
        .bind("project", projectId)
        .bind("name", name.environment().value())
        .bind("app", name.text())
        .bind("replicas", replicas)
        .bind("now", nowMillis)
        .execute();
    return byId(handle, ids.environment()).orElseThrow();
  }

  private static String projectId(Handle handle, String name, String fresh, long nowMillis) {
    Optional<Project> there = project(handle, name);
    if (there.isPresent()) {
      return there.get().id();
    }
    handle
        .createUpdate("INSERT INTO projects (id, name, created_at) VALUES (:id, :name, :now)")
        .bind("id", fresh)
        .bind("name", name)
        .bind("now", nowMillis)
        .execute();
    return fresh;
  }

  /** Ids for {@link #create}. */
  public record NewIds(String project, String environment) {}

  /** Sets how many replicas are wished and whether they run. */
  public static void want(Handle handle, Environment app, Desired desired, int replicas) {
    changed(
        app,
        handle
            .createUpdate(
                """
                UPDATE environments SET desired = :desired, replicas = :replicas,
                  version = version + 1 WHERE id = :id AND version = :version
                """)
            .bind("desired", desired)
            .bind("replicas", replicas)
            .bind("id", app.id())
            .bind("version", app.version())
            .execute());
  }

  /** Takes the next release number. */
  public static void takeNumber(Handle handle, Environment app) {
    changed(
        app,
        handle
            .createUpdate(
                """
                UPDATE environments SET next_number = next_number + 1, version = version + 1
                WHERE id = :id AND version = :version
                """)
            .bind("id", app.id())
            .bind("version", app.version())
            .execute());
  }

  /** Asks for one restart of all replicas. */
  public static void restart(Handle handle, Environment app) {
    changed(
        app,
        handle
            .createUpdate(
                """
                UPDATE environments SET restart_generation = restart_generation + 1,
                  version = version + 1 WHERE id = :id AND version = :version
                """)
            .bind("id", app.id())
            .bind("version", app.version())
            .execute());
  }

  /** Removes an app; its project goes with its last environment. */
  public static void remove(Handle handle, Environment app, long nowMillis) {
    changed(
        app,
        handle
            .createUpdate(
                """
                UPDATE environments SET removed_at = :now, version = version + 1
                WHERE id = :id AND version = :version
                """)
            .bind("now", nowMillis)
            .bind("id", app.id())
            .bind("version", app.version())
            .execute());
    handle
        .createUpdate(
            """
            UPDATE projects SET removed_at = :now WHERE id = :id AND NOT EXISTS
              (SELECT 1 FROM environments WHERE project_id = :id AND removed_at IS NULL)
            """)
        .bind("now", nowMillis)
        .bind("id", app.projectId())
        .execute();
  }

  private static void changed(Environment app, int rows) {
    if (rows != 1) {
      throw Problem.conflict(
              "changed-meanwhile",
              "The app changed meanwhile.",
              "Somebody else changed " + app.app() + " in the same moment.",
              "Look at it and try again.")
          .raise();
    }
  }
}
