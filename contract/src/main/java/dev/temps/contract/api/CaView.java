package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's certificate authorities.
 *
 * @param authorities those everybody in the cluster trusts
 * @param rotation the rotation that runs, whose step names what it waits for; null when none does
 */
@Json
public record CaView(List<CaAuthority> authorities, @Nullable OperationView rotation) {}
