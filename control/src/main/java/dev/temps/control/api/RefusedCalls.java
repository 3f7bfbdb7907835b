package dev.temps.control.api;

import dev.temps.control.audit.AuditLog;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import io.helidon.http.Method;
import java.time.Duration;

/**
 * Writes into the audit log what callers were not let do: changes that were refused, and anything
 * beyond their rights. At most a hundred rows a minute, so that nobody fills the store with what
 * they may not do. Thread-safe.
 */
final class RefusedCalls {
  private static final System.Logger LOG = System.getLogger(RefusedCalls.class.getName());
  private static final int ROWS_MAX = 100;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int FORBIDDEN = 403;

  private final Database database;
  private final AuditLog audit;
  private final Time time;
  private Duration windowStart;
  private int rows;

  RefusedCalls(ApiParts parts) {
    this.database = parts.database();
    this.audit = parts.audit();
    this.time = parts.time();
    this.windowStart = time.elapsed();
  }

  void note(Endpoint endpoint, Call call, Problem why) {
    boolean change = !endpoint.method().equals(Method.GET);
    boolean refused = why.status() >= 400 && why.status() < 500;
    if (!refused || (!change && why.status() != FORBIDDEN) || !room()) {
      return;
    }
    String action = endpoint.method().text() + " " + endpoint.path();
    String subject = call.request().path().path();
    try {
      database.change(h -> audit.add(h, call.actor(), action, subject, "refused: " + why.title()));
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.WARNING, "a refusal is missing in the audit log", e);
    }
  }

  private synchronized boolean room() {
    Duration now = time.elapsed();
    if (now.minus(windowStart).compareTo(WINDOW) >= 0) {
      windowStart = now;
      rows = 0;
    }
    return rows++ < ROWS_MAX;
  }
}
