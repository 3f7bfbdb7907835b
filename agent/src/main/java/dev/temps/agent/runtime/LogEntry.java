package dev.temps.agent.runtime;

/**
 * One line of a log.
 *
 * @param time RFC 3339 with nanoseconds, as the engine wrote it
 * @param error whether it was written to stderr
 */
public record LogEntry(String time, boolean error, String line) {}
