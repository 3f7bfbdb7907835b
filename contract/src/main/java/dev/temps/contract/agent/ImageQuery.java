package dev.temps.contract.agent;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/** Asks an agent what an image reference means; POST {@code /images/resolve}. */
@Json
public record ImageQuery(String reference, @Nullable RegistryLogin login) {}
