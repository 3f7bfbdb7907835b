package dev.temps.control.deployment;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * States of some apps in one transaction: each read alone while they are few, all at once when they
 * are many. One thread.
 */
final class Sights {
  // Reading one alone costs about as much as reading a hundred at once.
  private static final int FEW = 10;

  private final AppStates states;
  private final Handle handle;
  private final long nowMillis;
  private final boolean few;
  private @Nullable Map<String, AppState> all;

  /** For about so many apps. */
  Sights(AppStates states, Handle handle, long nowMillis, int apps) {
    this.states = states;
    this.handle = handle;
    this.nowMillis = nowMillis;
    this.few = apps <= FEW;
  }

  /** A living app's; empty when there is none. */
  Optional<AppState> of(String appId) {
    if (few) {
      return states.one(handle, appId, nowMillis);
    }
    Map<String, AppState> known = all;
    if (known == null) {
      Map<String, AppState> read = new HashMap<>();
      states.all(handle, nowMillis).forEach(s -> read.put(s.app().id(), s));
      known = read;
      all = known;
    }
    return Optional.ofNullable(known.get(appId));
  }
}
