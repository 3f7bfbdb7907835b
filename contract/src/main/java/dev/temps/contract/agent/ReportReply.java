package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * Answer to a report.
 *
 * @param reportEveryMillis pause from now on
 * @param full send the next report with all lists
 */
@Json
public record ReportReply(long reportEveryMillis, boolean full) {}
