package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a report.
 *
 * @param reportEveryMillis pause from now on
 * @param full send the next report with all lists
 * @param workloads revision of what the node must run as of this report: only who has applied it
 *     has a {@link Lease}; null from a control plane without leases
 */
@Json
public record ReportReply(long reportEveryMillis, boolean full, @Nullable Long workloads) {}
