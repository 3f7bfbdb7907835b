package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Says which certificate authority is asked for claimed hosts.
 *
 * @param email where it writes to when something is wrong
 * @param directory URL of its ACME directory; null: Let's Encrypt
 * @param ca certificates to trust when talking to it, PEM; null: what browsers trust
 * @param acceptTerms its terms of service are accepted
 */
@Json
public record AuthorityRequest(
    String email, @Nullable String directory, @Nullable String ca, boolean acceptTerms) {}
