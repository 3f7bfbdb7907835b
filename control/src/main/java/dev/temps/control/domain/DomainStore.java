package dev.temps.control.domain;

import dev.temps.contract.json.Json;
import dev.temps.control.project.Environment;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the table {@code domains} inside the caller's transaction. Stateless. */
public final class DomainStore {
  private static final String SELECT =
      """
      SELECT d.id, d.host, d.path, d.environment_id, e.app, p.name AS project, d.settings,
             d.created_at, d.created_by, d.version
      FROM domains d JOIN environments e ON e.id = d.environment_id
        JOIN projects p ON p.id = e.project_id
      WHERE d.removed_at IS NULL AND e.removed_at IS NULL
      """;

  private DomainStore() {}

  /** All of living apps, by host and path. */
  public static List<Domain> all(Handle handle) {
    return handle.createQuery(SELECT + " ORDER BY d.host, d.path").mapTo(Domain.class).list();
  }

  /** How many there are. */
  static int count(Handle handle) {
    return handle
        .createQuery("SELECT COUNT(*) FROM domains WHERE removed_at IS NULL")
        .mapTo(Integer.class)
        .one();
  }

  /** Claims of a host, whatever the path. */
  static List<Domain> ofHost(Handle handle, String host) {
    return handle
        .createQuery(SELECT + " AND d.host = :host ORDER BY d.path")
        .bind("host", host)
        .mapTo(Domain.class)
        .list();
  }

  /** Claims of names that end so, e.g. {@code .example.com}. */
  static List<Domain> below(Handle handle, String suffix) {
    return handle
        .createQuery(SELECT + " AND substr(d.host, length(d.host) - :length + 1) = :suffix")
        .bind("length", suffix.length())
        .bind("suffix", suffix)
        .mapTo(Domain.class)
        .list();
  }

  /** One by id. */
  static Optional<Domain> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " AND d.id = :id")
        .bind("id", id)
        .mapTo(Domain.class)
        .findOne();
  }

  static void add(
      Handle handle,
      String id,
      HostName host,
      SitePath path,
      Environment app,
      DomainSettings settings,
      String by,
      long nowMillis) {
    handle
        .createUpdate(
            """
            INSERT INTO domains
              (id, host, path, environment_id, settings, created_at, created_by, version)
            VALUES (:id, :host, :path, :app, :settings, :now, :by, 0)
            """)
        .bind("id", id)
        .bind("host", host.text())
        .bind("path", path.text())
        .bind("app", app.id())
        .bind("settings", Json.write(settings))
        .bind("now", nowMillis)
        .bind("by", by)
        .execute();
  }

  /** Gives up what removed apps claimed, so that others may. */
  static void releaseOfRemovedApps(Handle handle, long nowMillis) {
    handle
        .createUpdate(
            """
            UPDATE domains SET removed_at = :now, version = version + 1
            WHERE removed_at IS NULL AND environment_id IN
              (SELECT id FROM environments WHERE removed_at IS NOT NULL)
            """)
        .bind("now", nowMillis)
        .execute();
  }

  /** Whether it was still as {@code domain} says. */
  static boolean change(Handle handle, Domain domain, DomainSettings settings) {
    return handle
            .createUpdate(
                """
                UPDATE domains SET settings = :settings, version = version + 1
                WHERE id = :id AND version = :version AND removed_at IS NULL
                """)
            .bind("settings", Json.write(settings))
            .bind("id", domain.id())
            .bind("version", domain.version())
            .execute()
        == 1;
  }

  static void remove(Handle handle, Domain domain, long nowMillis) {
    handle
        .createUpdate(
            """
            UPDATE domains SET removed_at = :now, version = version + 1
            WHERE id = :id AND removed_at IS NULL
            """)
        .bind("now", nowMillis)
        .bind("id", domain.id())
        .execute();
  }
}
