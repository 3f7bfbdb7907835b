package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/** What one node's ingress answered for an app. */
@Json
public record TrafficOfNode(String node, RequestFigures figures) {}
