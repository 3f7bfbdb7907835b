package dev.temps.control.wall;

import dev.temps.control.project.Project;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the table {@code project_links} inside the caller's transaction. Stateless. */
final class LinkStore {
  private LinkStore() {}

  /** Ids of two linked projects. */
  record Ends(String lowProject, String highProject) {
    static Ends of(Project one, Project other) {
      return one.id().compareTo(other.id()) <= 0
          ? new Ends(one.id(), other.id())
          : new Ends(other.id(), one.id());
    }
  }

  /** All links, also of projects that were removed since: their containers may still be ending. */
  static List<Ends> ends(Handle handle) {
    return handle
        .createQuery("SELECT low_project, high_project FROM project_links")
        .mapTo(Ends.class)
        .list();
  }

  /** Links between living projects by name. */
  static List<Link> list(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT a.name AS project, b.name AS other, l.created_by, l.created_at
            FROM project_links l
            JOIN projects a ON a.id = l.low_project AND a.removed_at IS NULL
            JOIN projects b ON b.id = l.high_project AND b.removed_at IS NULL
            """)
        .mapTo(Link.class)
        .map(Link::ordered)
        .stream()
        .sorted(Comparator.comparing(Link::project).thenComparing(Link::other))
        .toList();
  }

  /** The link between two, either way round. */
  static Optional<Link> find(Handle handle, Project one, Project other) {
    Ends ends = Ends.of(one, other);
    return handle
        .createQuery(
            """
            SELECT a.name AS project, b.name AS other, l.created_by, l.created_at
            FROM project_links l
            JOIN projects a ON a.id = l.low_project
            JOIN projects b ON b.id = l.high_project
            WHERE l.low_project = :low AND l.high_project = :high
            """)
        .bind("low", ends.lowProject())
        .bind("high", ends.highProject())
        .mapTo(Link.class)
        .findOne()
        .map(Link::ordered);
  }

  /** Adds a link; true when it was not there. */
  static boolean add(Handle handle, Project one, Project other, String by, long nowMillis) {
    Ends ends = Ends.of(one, other);
    int rows =
        handle
            .createUpdate(
                """
                INSERT INTO project_links (low_project, high_project, created_by, created_at)
                VALUES (:low, :high, :by, :now)
                ON CONFLICT (low_project, high_project) DO NOTHING
                """)
            .bind("low", ends.lowProject())
            .bind("high", ends.highProject())
            .bind("by", by)
            .bind("now", nowMillis)
            .execute();
    return rows > 0;
  }

  /** Removes a link; true when it was there. */
  static boolean remove(Handle handle, Project one, Project other) {
    Ends ends = Ends.of(one, other);
    int rows =
        handle
            .createUpdate(
                "DELETE FROM project_links WHERE low_project = :low AND high_project = :high")
            .bind("low", ends.lowProject())
            .bind("high", ends.highProject())
            .execute();
    return rows > 0;
  }
}
