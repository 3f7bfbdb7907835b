package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * What an app answered in a time; durations from a request's first byte to its answer's last, null
 * when nothing was measured.
 *
 * @param requests all of them
 * @param perSecond of them
 * @param unanswered given up before there was a status
 * @param receivedBytes of requests
 * @param sentBytes of answers
 * @param retries requests sent to a replica once more
 * @param connections to replicas at the end of it
 */
@Json
public record RequestFigures(
    long requests,
    double perSecond,
    long status1xx,
    long status2xx,
    long status3xx,
    long status4xx,
    long status5xx,
    long unanswered,
    long receivedBytes,
    long sentBytes,
    long retries,
    long connections,
    @Nullable Long p50Millis,
    @Nullable Long p95Millis,
    @Nullable Long p99Millis) {}
