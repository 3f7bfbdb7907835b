package dev.temps.control.api;

import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes into the audit log who reads which app's log, once in ten minutes for each: followers that
 * come back after a broken connection are no news. Thread-safe.
 */
final class LogReaders {
  private static final System.Logger LOG = System.getLogger(LogReaders.class.getName());
  private static final Duration NEWS_AFTER = Duration.ofMinutes(10);
  private static final int KNOWN_MAX = 10_000;

  private final ApiParts parts;
  private final Map<String, Duration> told = new HashMap<>();

  LogReaders(ApiParts parts) {
    this.parts = parts;
  }

  void note(Call call, String app) {
    if (!news(call.caller().tokenId() + " " + app)) {
      return;
    }
    try {
      parts.database().change(h -> parts.audit().done(h, call.actor(), "app.logs", app));
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.WARNING, "a log's reader is missing in the audit log", e);
    }
  }

  private synchronized boolean news(String key) {
    Duration now = parts.time().elapsed();
    told.values().removeIf(at -> now.minus(at).compareTo(NEWS_AFTER) >= 0);
    if (told.size() >= KNOWN_MAX) {
      told.clear();
    }
    return told.putIfAbsent(key, now) == null;
  }
}
