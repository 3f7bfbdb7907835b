package dev.temps.control.project;

import dev.temps.control.secret.Sealer;
import dev.temps.kit.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the variables of environments, all of them sealed, inside the caller's transaction.
 * Thread-safe.
 */
public final class VariableStore {
  private final Sealer sealer;

  /** Variables sealed by {@code sealer}. */
  public VariableStore(Sealer sealer) {
    this.sealer = sealer;
  }

  private record Row(
      String name, boolean secret, String sealed, long updatedAt, String updatedBy) {}

  /** All variables of an environment by name. */
  public List<Variable> list(Handle handle, String environmentId) {
    return handle
        .createQuery(
            """
            SELECT name, secret, sealed, updated_at, updated_by FROM variables
            WHERE environment_id = :environment ORDER BY name
            """)
        .bind("environment", environmentId)
        .mapTo(Row.class)
        .map(row -> {
          Secret value = sealer.open(seal(environmentId, row.name()), row.sealed());
          return new Variable(row.name(), row.secret(), value, row.updatedAt(), row.updatedBy());
        })
        .list();
  }

  /** Makes the variables of an environment these; rows that stay as they are keep their times. */
  public void replace(
      Handle handle, String environmentId, VariableSet wanted, String actor, long nowMillis) {
    Map<String, Variable> there = new LinkedHashMap<>();
    list(handle, environmentId).forEach(one -> there.put(one.name(), one));
    wanted
        .entries()
        .forEach((name, entry) -> {
          Variable was = there.remove(name);
          if (was == null || was.secret() != entry.secret() || !was.value().equals(entry.value())) {
            put(handle, environmentId, name, entry, actor, nowMillis);
          }
        });
    there.keySet().forEach(name -> remove(handle, environmentId, name));
  }

  private void put(
      Handle handle,
      String environmentId,
      String name,
      VariableSet.Entry entry,
      String actor,
      long nowMillis) {
    handle
        .createUpdate(
            """
            INSERT INTO variables (environment_id, name, secret, sealed, updated_at, updated_by)
            VALUES (:environment, :name, :secret, :sealed, :now, :actor)
            ON CONFLICT (environment_id, name) DO UPDATE SET secret = excluded.secret,
              sealed = excluded.sealed, updated_at = excluded.updated_at,
              updated_by = excluded.updated_by
            """)
        .bind("environment", environmentId)
        .bind("name", name)
        .bind("secret", entry.secret() ? 1 : 0)
        .bind("sealed", sealer.seal(seal(environmentId, name), entry.value()))
        .bind("now", nowMillis)
        .bind("actor", actor)
        .execute();
  }

  private static void remove(Handle handle, String environmentId, String name) {
    handle
        .createUpdate("DELETE FROM variables WHERE environment_id = :environment AND name = :name")
        .bind("environment", environmentId)
        .bind("name", name)
        .execute();
  }

  /** Forgets all variables of an environment. */
  public static void removeAll(Handle handle, String environmentId) {
    handle
        .createUpdate("DELETE FROM variables WHERE environment_id = :environment")
        .bind("environment", environmentId)
        .execute();
  }

  private static String seal(String environmentId, String name) {
    return "variable/" + environmentId + "/" + name;
  }
}
