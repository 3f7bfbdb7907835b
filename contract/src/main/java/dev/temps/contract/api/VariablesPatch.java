package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of an app's variables. Names are letters, digits and _ . -, not starting with a digit,
 * 200 at most; a value has 32000 bytes at most; at most 1000 variables with 512 KiB together.
 *
 * @param set values by name; what is a secret stays one
 * @param secrets values by name that are never shown again
 * @param unset names to forget
 * @param deploy false: only keep them for the next release; null: true
 */
@Json
public record VariablesPatch(
    @Nullable Map<String, String> set,
    @Nullable Map<String, String> secrets,
    @Nullable List<String> unset,
    @Nullable Boolean deploy) {
  /** Names only. */
  @Override
  public String toString() {
    return "VariablesPatch[" + names(set) + ", " + names(secrets) + ", " + unset + "]";
  }

  private static Set<String> names(@Nullable Map<String, String> values) {
    return values == null ? Set.of() : values.keySet();
  }
}
