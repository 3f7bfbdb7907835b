package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What apps go by that say nothing themselves.
 *
 * @param strategy {@code spread}, the standard, or {@code pack}
 * @param spreading apps that say {@code spread} themselves, by name
 * @param packing apps that say {@code pack} themselves, by name
 */
@Json
public record PlacementDefaultView(String strategy, List<String> spreading, List<String> packing) {
  public PlacementDefaultView {
    spreading = List.copyOf(spreading);
    packing = List.copyOf(packing);
  }
}
