package dev.temps.control.port;

import dev.temps.control.project.Environment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table {@code exposed_ports} inside the caller's transaction. Stateless. */
public final class PortStore {
  private static final String SELECT =
      """
      SELECT x.protocol, x.port, x.environment_id, e.app, p.name AS project, x.target, x.created_at,
             x.created_by
      FROM exposed_ports x JOIN environments e ON e.id = x.environment_id
        JOIN projects p ON p.id = e.project_id
      WHERE e.removed_at IS NULL
      """;

  private PortStore() {}

  /** All of living apps, by number. */
  public static List<ExposedPort> all(Handle handle) {
    return handle
        .createQuery(SELECT + " ORDER BY x.port, x.protocol")
        .mapTo(ExposedPort.class)
        .list();
  }

  /** Those of a protocol by the id of the environment they lead to. */
  public static Map<String, List<ExposedPort>> byApp(Handle handle, Protocol protocol) {
    return all(handle).stream()
        .filter(port -> port.protocol() == protocol)
        .collect(Collectors.groupingBy(ExposedPort::environmentId));
  }

  static Optional<ExposedPort> find(Handle handle, Protocol protocol, int port) {
    return handle
        .createQuery(SELECT + " AND x.protocol = :protocol AND x.port = :port")
        .bind("protocol", protocol.name())
        .bind("port", port)
        .mapTo(ExposedPort.class)
        .findOne();
  }

  static void add(
      Handle handle,
      Protocol protocol,
      int port,
      Environment app,
      @Nullable Integer target,
      String by,
      long nowMillis) {
    handle
        .createUpdate(
            """
            INSERT INTO exposed_ports
              (protocol, port, environment_id, target, created_at, created_by)
            VALUES (:protocol, :port, :app, :target, :now, :by)
            """)
        .bind("protocol", protocol.name())
        .bind("port", port)
        .bind("app", app.id())
        .bind("target", target)
        .bind("now", nowMillis)
        .bind("by", by)
        .execute();
  }

  static void remove(Handle handle, Protocol protocol, int port) {
    handle
        .createUpdate("DELETE FROM exposed_ports WHERE protocol = :protocol AND port = :port")
        .bind("protocol", protocol.name())
        .bind("port", port)
        .execute();
  }

  /** Gives up what removed apps had, so that others may have it. */
  static void releaseOfRemovedApps(Handle handle) {
    handle
        .createUpdate(
            """
            DELETE FROM exposed_ports WHERE environment_id IN
              (SELECT id FROM environments WHERE removed_at IS NOT NULL)
            """)
        .execute();
  }
}
