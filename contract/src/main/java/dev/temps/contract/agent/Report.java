package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent observed; also its heartbeat. Lists that are null are unchanged since the last
 * accepted report of this session, so that a quiet node's report stays small.
 *
 * @param meshProven a container-to-container packet arrived over the mesh and a forbidden one did
 *     not; on the first node of a cluster only the latter
 * @param keys while the node's key is being rotated, else null
 * @param trust the CAs it goes by; null: unchanged, or the agent is too old to say
 * @param traffic what its ingress answered; null: nothing new, or the agent is too old to say
 */
@Json
public record Report(
    String session,
    long sequence,
    long epoch,
    Applied applied,
    boolean meshProven,
    Usage usage,
    long clockMillis,
    @Nullable List<ObservedWorkload> workloads,
    @Nullable List<PeerObservation> peers,
    @Nullable List<Condition> conditions,
    @Nullable MeshKeys keys,
    @Nullable CaTrust trust,
    @Nullable Traffic traffic) {}
