package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A volume: data of an app that stays when its containers go.
 *
 * @param generation which life of the volume it is, from 1
 * @param name what people call it within its app
 * @param node name of the machine that has the data
 * @param state {@code new} until it was mounted first, then {@code kept}; {@code lost} when its
 *     machine was removed by force
 * @param path where its app's containers see it, null while no app uses it
 * @param folder where the data lies on the machine
 */
@Json
public record VolumeView(
    String id,
    int generation,
    String name,
    String app,
    String project,
    String environment,
    String node,
    String state,
    @Nullable String path,
    String folder,
    long createdAtMillis) {}
