package dev.temps.control.ingress;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Which certificate authority is asked.
 *
 * @param email where it writes to when something is wrong
 * @param directory URL of its directory
 * @param ca certificates to trust when talking to it, PEM; null: what browsers trust
 */
@Json
public record AcmeSetting(String email, String directory, @Nullable String ca) {}
