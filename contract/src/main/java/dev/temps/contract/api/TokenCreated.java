package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * An invitation, shown once.
 *
 * @param line what to paste on the new machine, as root
 */
@Json
public record TokenCreated(String id, String token, String line, long expiresAtMillis) {}
