package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * A volume of this node that a person has removed: its data is set aside, kept a week, then gone.
 *
 * @param generation the last one that was removed; a higher one is another life of the volume
 */
@Json
public record RemovedVolume(String id, int generation) {}
