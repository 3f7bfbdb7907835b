package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What losing machines would do; nothing was changed.
 *
 * @param nodes names of the machines
 * @param summary one sentence
 * @param decision who notices, how soon, and whether anything moves by itself
 * @param notes what else goes with them, one sentence each
 * @param apps those that have something there, by name
 * @param untouched how many apps have nothing there
 */
@Json
public record LossView(
    List<String> nodes,
    String summary,
    String decision,
    List<String> notes,
    List<LossOfApp> apps,
    int untouched) {}
