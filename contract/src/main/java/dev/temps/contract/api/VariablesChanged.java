package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An app's variables after a change.
 *
 * @param note why no release was made, null when one was
 */
@Json
public record VariablesChanged(
    List<VariableView> variables, @Nullable DeploymentView deployment, @Nullable String note) {}
