package dev.temps.control.deployment;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where replicas of a release run, beside labels, as stored; the texts are well-formed.
 *
 * @param near names of apps
 * @param apart names of apps
 * @param spread over what it must be even; null: as even as it goes
 * @param maxSkew counts only with {@code spread}
 * @param pack whether one in use of equally good nodes is taken before the emptiest; null: as the
 *     cluster has it
 */
@Json
record PlacementSettings(
    List<String> tolerate,
    List<String> near,
    List<String> apart,
    List<String> prefer,
    @Nullable String spread,
    int maxSkew,
    boolean global,
    @Nullable Boolean pack) {

  /** What the text of settings holds whose release runs on every node. */
  static final String GLOBAL = "\"global\":true";

  /** What the text of settings holds whose release shuns others. */
  static final String SHUNS = "\"apart\":[\"";

  /** Nothing is wished. */
  static final PlacementSettings NONE =
      new PlacementSettings(List.of(), List.of(), List.of(), List.of(), null, 1, false, null);

  PlacementSettings {
    tolerate = List.copyOf(tolerate);
    near = List.copyOf(near);
    apart = List.copyOf(apart);
    prefer = List.copyOf(prefer);
  }
}
