package dev.temps.agent.volume;

import io.avaje.jsonb.Json;

/** What lies beside the data of a volume: whose it is, and which life of it. */
@Json
record Marker(String cluster, String volume, int generation) {}
