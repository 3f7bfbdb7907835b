package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A port is to lead to an app.
 *
 * @param app name or id
 * @param target port of the app's containers; null: the one it serves on
 */
@Json
public record ExposeRequest(String app, @Nullable Integer target) {}
