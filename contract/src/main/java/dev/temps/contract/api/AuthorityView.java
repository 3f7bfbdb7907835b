package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Which certificate authority is asked.
 *
 * @param asked whether any is
 * @param failing hosts it gave no certificate
 */
@Json
public record AuthorityView(
    boolean asked, @Nullable String email, @Nullable String directory, int failing) {}
