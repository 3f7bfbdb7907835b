package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What can be lost without an app that stays away.
 *
 * @param machines so many, whichever they are; 2 is looked at in clusters of at most 20
 * @param sentences for people
 */
@Json
public record LossTolerance(int machines, List<String> sentences) {}
