package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * How far two zones are from each other, or machines of one zone, by round trips of the mesh.
 *
 * @param from {@code REGION/ZONE}, or what a machine has of it; empty for machines with neither
 * @param to the same; not before {@code from} in the alphabet
 * @param pairs ordered pairs of machines between them
 * @param reached those that answer
 * @param medianMicros of those that answer, −1 for none
 * @param worstMicros of those that answer, −1 for none
 */
@Json
public record MeshDistance(
    String from, String to, int pairs, int reached, long medianMicros, long worstMicros) {}
