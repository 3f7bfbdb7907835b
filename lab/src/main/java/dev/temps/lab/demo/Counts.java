package dev.temps.lab.demo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of requests up to some moment. Moments are on the clock of who counts.
 *
 * @param slowest time the slowest answer took
 * @param firstFailure when the first failed; null for none
 * @param lastFailure when the last failed; null for none
 * @param failures in words, with how often: {@code 503 ×2}
 */
public record Counts(
    long answered,
    long failed,
    Duration slowest,
    @Nullable Duration firstFailure,
    @Nullable Duration lastFailure,
    String failures) {}
