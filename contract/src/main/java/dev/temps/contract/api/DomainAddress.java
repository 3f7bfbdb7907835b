package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * Where visitors of a domain may come.
 *
 * @param node whose it is; null: no ingress node's
 */
@Json
public record DomainAddress(String address, @Nullable String node) {}
