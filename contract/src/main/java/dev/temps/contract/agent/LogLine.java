package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * One line of a container's log, sent as one JSON line.
 *
 * @param time RFC 3339 with nanoseconds, as the engine wrote it
 * @param stream {@code stdout} or {@code stderr}
 * @param source replica it came from, e.g. web-1
 */
@Json
public record LogLine(String time, String stream, String source, String line) {}
