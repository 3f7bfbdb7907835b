package dev.temps.control.workload;

import org.jspecify.annotations.Nullable;

/**
 * Which log lines.
 *
 * @param tail so many from the end; −1 for all
 * @param since RFC 3339 time in UTC, null from the beginning
 * @param follow whether to go on with new lines
 */
public record LogQuery(int tail, @Nullable String since, boolean follow) {}
