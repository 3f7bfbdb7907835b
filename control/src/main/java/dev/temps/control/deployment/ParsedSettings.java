package dev.temps.control.deployment;

import dev.temps.contract.json.Json;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Settings by their text: every pass looks at those of all releases several times, and they never
 * change. Thread-safe.
 */
final class ParsedSettings {
  // Half a kB each, mostly shared by many releases; beyond it all are parsed anew once.
  private static final int KEPT_MAX = 20_000;

  private static final Map<String, ReleaseSettings> KEPT = new ConcurrentHashMap<>();

  private ParsedSettings() {}

  /**
   * What the text says.
   *
   * @throws dev.temps.kit.ProblemException 400 when it is none of settings
   */
  static ReleaseSettings of(String json) {
    ReleaseSettings known = KEPT.get(json);
    if (known != null) {
      return known;
    }
    ReleaseSettings parsed = Json.read(ReleaseSettings.class, json);
    if (KEPT.size() >= KEPT_MAX) {
      KEPT.clear();
    }
    KEPT.put(json, parsed);
    return parsed;
  }
}
