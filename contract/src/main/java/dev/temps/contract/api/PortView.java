package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A port of the machines that leads to an app without HTTP.
 *
 * @param protocol tcp: of every ingress node; udp: of every node that runs the app
 * @param app its name
 * @param project its project's name
 * @param target port of its containers; null: the one the app serves on
 * @param createdBy who exposed it
 */
@Json
public record PortView(
    String protocol,
    int port,
    String app,
    String project,
    @Nullable Integer target,
    String createdBy,
    long createdAtMillis) {}
