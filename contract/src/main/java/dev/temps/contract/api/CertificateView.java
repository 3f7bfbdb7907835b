package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * A certificate shown to visitors, without its key.
 *
 * @param kind {@code own}, {@code acme} or {@code fallback} (self-signed)
 * @param hosts names it is for
 * @param state {@code valid}, {@code expiring} (less than a fortnight left) or {@code expired}
 */
@Json
public record CertificateView(
    String id,
    String kind,
    List<String> hosts,
    String issuer,
    String state,
    long notBeforeMillis,
    long notAfterMillis,
    long createdAtMillis,
    String createdBy) {}
