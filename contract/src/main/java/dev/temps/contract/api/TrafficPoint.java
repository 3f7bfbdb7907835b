package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/** What an app answered from a time on, for one step. */
@Json
public record TrafficPoint(long atMillis, RequestFigures figures) {}
