package dev.temps.control.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Cluster-wide facts that are written once or seldom, by key. Stateless. */
public final class Settings {
  private Settings() {}

  /** The value of a key. */
  public static Optional<String> find(Handle handle, String key) {
    return handle
        .createQuery("SELECT value FROM settings WHERE key = :key")
        .bind("key", key)
        .mapTo(String.class)
        .findOne();
  }

  /** The value of a key that the first start wrote. */
  public static String get(Handle handle, String key) {
    return find(handle, key)
        .orElseThrow(() -> new IllegalStateException("the store has no setting " + key));
  }

  /** Sets a key. */
  public static void put(Handle handle, String key, String value) {
    handle
        .createUpdate(
            """
            INSERT INTO settings (key, value) VALUES (:key, :value)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """)
        .bind("key", key)
        .bind("value", value)
        .execute();
  }

  /** Forgets a key; nothing when it isn't there. */
  public static void remove(Handle handle, String key) {
    handle.createUpdate("DELETE FROM settings WHERE key = :key").bind("key", key).execute();
  }
}
