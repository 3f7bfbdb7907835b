package dev.temps.control.mesh;

import dev.temps.control.node.MeshNumbers;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Gives apps the address others reach them at, for as long as they live, inside the caller's
 * transaction. Connection pools and caches of names keep it, so it is nobody else's for ten minutes
 * after its app. Thread-safe.
 */
public final class ServiceAddresses {
  private static final Duration REST = Duration.ofMinutes(10);
  private static final Duration UNKNOWN_REST = Duration.ofDays(1);

  private final Time time;

  /** Addresses whose rests are measured on the wall clock of {@code time}. */
  public ServiceAddresses(Time time) {
    this.time = time;
  }

  /** What living apps have, by the id of the app. */
  public static Map<String, String> all(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT address, environment_id FROM service_addresses
            WHERE released_at IS NULL AND environment_id IS NOT NULL
            """)
        .mapTo(Owned.class)
        .stream()
        .collect(Collectors.toUnmodifiableMap(Owned::environmentId, Owned::address));
  }

  /** An app and its address. */
  public record Owned(String address, String environmentId) {}

  /**
   * An app's address: the one it has, else the one it had when it was removed, else the lowest that
   * is free.
   *
   * @throws dev.temps.kit.ProblemException 409 when there is none left
   */
  public String assign(Handle handle, Environment app) {
    return Optional.ofNullable(all(handle).get(app.id()))
        .or(() -> had(handle, app).map(address -> taken(handle, address, app.id())))
        .orElseGet(() -> taken(handle, lowestFree(handle), app.id()));
  }

  /**
   * Gives every living app without an address one, oldest first: those from before there were any.
   *
   * @return whether there was any
   */
  public boolean assignMissing(Handle handle) {
    Set<String> have = all(handle).keySet();
    List<Environment> missing =
        ProjectStore.apps(handle).stream()
            .filter(app -> !have.contains(app.id()))
            .sorted(Comparator.comparingLong(Environment::createdAt).thenComparing(Environment::id))
            .toList();
    missing.forEach(app -> assign(handle, app));
    return !missing.isEmpty();
  }

  /** Gives back what an app has; its ten minutes of rest begin. Doing it twice is fine. */
  public void release(Handle handle, Environment app) {
    handle
        .createUpdate(
            """
            UPDATE service_addresses SET released_at = :now
            WHERE environment_id = :app AND released_at IS NULL
            """)
        .bind("now", time.millis())
        .bind("app", app.id())
        .execute();
  }

  /**
   * Lets the addresses that would be given next rest for a day: a lost control plane may have given
   * them after its last snapshot, and containers that go on still know them.
   */
  public void restNext(Handle handle, int count) {
    for (int i = 0; i < count; i++) {
      String address = lowestFree(handle);
      taken(handle, address, null);
      handle
          .createUpdate("UPDATE service_addresses SET released_at = :at WHERE address = :address")
          .bind("at", time.millis() + UNKNOWN_REST.toMillis())
          .bind("address", address)
          .execute();
    }
  }

  /** What the app of this name had before it was removed, if nobody has had it since. */
  private static Optional<String> had(Handle handle, Environment app) {
    return handle
        .createQuery(
            """
            SELECT s.address FROM service_addresses s
            JOIN environments e ON e.id = s.environment_id
            JOIN projects p ON p.id = e.project_id
            WHERE s.released_at IS NOT NULL AND e.app = :app AND p.name = :project
            ORDER BY s.released_at DESC, s.address
            """)
        .bind("app", app.app())
        .bind("project", app.project())
        .mapTo(String.class)
        .findFirst();
  }

  private String lowestFree(Handle handle) {
    Set<String> taken =
        new HashSet<>(
            handle
                .createQuery(
                    """
                    SELECT address FROM service_addresses
                    WHERE released_at IS NULL OR released_at > :rested
                    """)
                .bind("rested", time.millis() - REST.toMillis())
                .mapTo(String.class)
                .list());
    for (int i = 0; i < MeshNumbers.SERVICES_MAX; i++) {
      String address = MeshNumbers.serviceAddress(i);
      if (!taken.contains(address)) {
        return address;
      }
    }
    throw Problem.conflict(
            "service-addresses-full",
            "There is no free address for another app; nothing was changed.",
            "All " + MeshNumbers.SERVICES_MAX + " are in use or at rest.",
            "Wait ten minutes for those of removed apps, or remove one.")
        .raise();
  }

  private String taken(Handle handle, String address, @Nullable String appId) {
    handle
        .createUpdate(
            """
            INSERT INTO service_addresses (address, environment_id, assigned_at)
            VALUES (:address, :app, :now)
            ON CONFLICT (address) DO UPDATE SET environment_id = excluded.environment_id,
              assigned_at = excluded.assigned_at, released_at = NULL
            """)
        .bind("address", address)
        .bind("app", appId)
        .bind("now", time.millis())
        .execute();
    return address;
  }
}
