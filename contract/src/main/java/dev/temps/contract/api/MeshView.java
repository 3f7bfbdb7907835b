package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/** The mesh: nodes and every ordered pair. */
@Json
public record MeshView(String pool, int mtu, List<MeshPair> pairs) {}
