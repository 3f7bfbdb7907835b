package dev.temps.control.wall;

import dev.temps.control.access.Grant;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.project.Project;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import dev.temps.kit.Time;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Which projects may talk to each other. Doing the same twice changes nothing the second time.
 * Thread-safe.
 */
public final class Links {
  private final Database database;
  private final AuditLog audit;
  private final Time time;
  private final Runnable changed;

  /** {@code changed} is told after every committed change; it returns at once. */
  public Links(Database database, AuditLog audit, Time time, Runnable changed) {
    this.database = database;
    this.audit = audit;
    this.time = time;
    this.changed = changed;
  }

  /** Links of projects somebody may see: of those that reach one of the two, the other's name. */
  public List<Link> list(Grant seen) {
    return database.read(LinkStore::list).stream()
        .filter(link -> seen.reaches(link.project()) || seen.reaches(link.other()))
        .toList();
  }

  /**
   * Lets two projects talk to each other, both ways.
   *
   * @throws dev.temps.kit.ProblemException 404 for a project that is not there or that the caller
   *     can't see, 422 for one with itself
   */
  public Link add(String project, String other, Grant grant, Actor actor) {
    Link link =
        database.write(handle -> {
          Project one = find(handle, project, grant);
          Project two = find(handle, other, grant);
          refuseItself(one, two);
          if (LinkStore.add(handle, one, two, actor.name(), time.millis())) {
            audit.done(handle, actor, "project.link", one.name() + " and " + two.name());
          }
          return LinkStore.find(handle, one, two).orElseThrow();
        });
    changed.run();
    return link;
  }

  /**
   * Parts them again: also connections that are open end.
   *
   * @throws dev.temps.kit.ProblemException as {@link #add} does
   */
  public void remove(String project, String other, Grant grant, Actor actor) {
    database.change(handle -> {
      Project one = find(handle, project, grant);
      Project two = find(handle, other, grant);
      refuseItself(one, two);
      if (LinkStore.remove(handle, one, two)) {
        audit.done(handle, actor, "project.unlink", one.name() + " and " + two.name());
      }
    });
    changed.run();
  }

  private static Project find(Handle handle, String name, Grant grant) {
    return ProjectStore.project(handle, name)
        .filter(p -> grant.reaches(p.name()))
        .orElseThrow(() ->
            Problem.of(
                    "no-such-project",
                    404,
                    "There is no such project.",
                    "No project "
                        + (grant.everywhere() ? "" : "of this token ")
                        + "has the name "
                        + Text.quoted(name)
                        + "; nothing was changed.",
                    "A project comes with its first deployment. List apps with: temps ps")
                .raise());
  }

  private static void refuseItself(Project one, Project other) {
    if (one.id().equals(other.id())) {
      throw Problem.invalid(
              "link-with-itself",
              Text.quoted(one.name()) + " was named twice.",
              "Containers of one project reach each other anyway; name two projects.")
          .raise();
    }
  }
}
