package dev.temps.control.ingress;

import dev.temps.contract.agent.AcmeAnswer;
import dev.temps.contract.json.Json;
import dev.temps.control.store.Settings;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads and writes the tables {@code acme_hosts} and {@code acme_answers} and the setting, inside
 * the caller's transaction. Stateless.
 */
final class AcmeStore {
  private static final String SETTING = "acme.setting";

  private AcmeStore() {}

  static Optional<AcmeSetting> setting(Handle handle) {
    return Settings.find(handle, SETTING).map(json -> Json.read(AcmeSetting.class, json));
  }

  static void set(Handle handle, AcmeSetting setting) {
    Settings.put(handle, SETTING, Json.write(setting));
  }

  static void unset(Handle handle) {
    Settings.remove(handle, SETTING);
    handle.execute("DELETE FROM acme_hosts");
    handle.execute("DELETE FROM acme_answers");
  }

  static List<AcmeHost> hosts(Handle handle) {
    return handle
        .createQuery("SELECT * FROM acme_hosts ORDER BY host")
        .mapTo(AcmeHost.class)
        .list();
  }

  static void put(Handle handle, AcmeHost host) {
    handle
        .createUpdate(
            """
            INSERT INTO acme_hosts (host, state, problem, failures, next_at, updated_at)
            VALUES (:host, :state, :problem, :failures, :nextAt, :updatedAt)
            ON CONFLICT (host) DO UPDATE SET state = excluded.state, problem = excluded.problem,
              failures = excluded.failures, next_at = excluded.next_at,
              updated_at = excluded.updated_at
            """)
        .bindMethods(host)
        .execute();
  }

  /** Nothing is to be said of it any more. */
  static void forget(Handle handle, String host) {
    handle.createUpdate("DELETE FROM acme_hosts WHERE host = :host").bind("host", host).execute();
    removeAnswers(handle, host);
  }

  static List<AcmeAnswer> answers(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT token, authorization_text AS authorization FROM acme_answers ORDER BY token
            """)
        .map((row, _) -> new AcmeAnswer(row.getString("token"), row.getString("authorization")))
        .list();
  }

  static void answer(Handle handle, String host, AcmeAnswer answer, long nowMillis) {
    removeAnswers(handle, host);
    handle
        .createUpdate(
            """
            INSERT INTO acme_answers (token, host, authorization_text, created_at)
            VALUES (:token, :host, :text, :now)
            ON CONFLICT (token) DO UPDATE SET authorization_text = excluded.authorization_text
            """)
        .bind("token", answer.token())
        .bind("host", host)
        .bind("text", answer.authorization())
        .bind("now", nowMillis)
        .execute();
  }

  /** Whether there were any. */
  static boolean removeAnswers(Handle handle, String host) {
    return handle
            .createUpdate("DELETE FROM acme_answers WHERE host = :host")
            .bind("host", host)
            .execute()
        > 0;
  }

  /** Whether there were any: of a control plane that ended while it waited. */
  static boolean removeAnswersBefore(Handle handle, long millis) {
    return handle
            .createUpdate("DELETE FROM acme_answers WHERE created_at < :millis")
            .bind("millis", millis)
            .execute()
        > 0;
  }
}
