package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * One certificate authority of the cluster.
 *
 * @param fingerprint SHA-256 of its certificate, 64 hexadecimal letters
 * @param sinceMillis when it was made
 * @param untilMillis the end of its life
 * @param signs whether certificates are issued by it now
 * @param leaves whether the rotation that runs will drop it
 */
@Json
public record CaAuthority(
    String fingerprint, long sinceMillis, long untilMillis, boolean signs, boolean leaves) {}
