package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node as people see it. Wish and observation are apart.
 *
 * @param availability the operator's wish: active, cordoned, draining, drained
 * @param liveness what is observed: pending, ready, suspect, down
 * @param livenessReason why it is not ready, in words; null when it is
 * @param cpuReservedMillis promised to workloads placed here, in thousandths of a core
 * @param lastReportAtMillis wall clock, 0 for never
 * @param controlPlane whether the control plane runs on this machine
 * @param taints by key a value and {@code :no-place} or {@code :prefer-not}
 */
@Json
public record NodeView(
    String id,
    String name,
    String availability,
    String liveness,
    @Nullable String livenessReason,
    List<ConditionView> conditions,
    Map<String, String> labels,
    boolean ingress,
    @Nullable String meshAddress,
    @Nullable String subnet,
    List<String> endpoints,
    long cpuMillis,
    long memoryBytes,
    long diskBytes,
    long cpuReservedMillis,
    long memoryReservedBytes,
    long cpuUsedMillis,
    long memoryUsedBytes,
    long diskUsedBytes,
    int containers,
    String arch,
    String os,
    String kernel,
    String dockerVersion,
    String wireguard,
    String agentVersion,
    long joinedAtMillis,
    long lastReportAtMillis,
    boolean controlPlane,
    @Nullable Map<String, String> taints) {}
