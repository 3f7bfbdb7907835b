package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * A volume a container needs. Only {@code made} ever changes for one container.
 *
 * @param id of the volume, for life
 * @param name as people call it
 * @param path where the container sees it
 * @param generation which life of the volume: data of a lower one is never started
 * @param made whether it was used before: then it holds data, and a node that finds none must not
 *     start the container on an empty one
 */
@Json
public record VolumeMount(String id, String name, String path, int generation, boolean made) {}
