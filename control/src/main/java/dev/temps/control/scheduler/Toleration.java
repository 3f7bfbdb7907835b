package dev.temps.control.scheduler;

import org.jspecify.annotations.Nullable;

/**
 * A taint that a workload does not mind, hard or soft.
 *
 * @param value that it tolerates, null for any
 */
public record Toleration(String key, @Nullable String value) {

  /** Reads {@code dedicated=db}, or {@code dedicated} for any value. */
  public static Toleration parse(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new Toleration(text, null)
        : new Toleration(text.substring(0, equals), text.substring(equals + 1));
  }

  boolean covers(Taint taint) {
    return key.equals(taint.key()) && (value == null || value.equals(taint.value()));
  }
}
