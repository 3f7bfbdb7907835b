package dev.temps.agent.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a log.
 *
 * @param tail only so many of the last lines, −1 for all
 * @param since only lines written at or after this
 * @param follow whether to wait for further lines
 */
public record LogQuery(int tail, @Nullable Instant since, boolean follow) {}
