package dev.temps.control.project;

import dev.temps.kit.Secret;

/**
 * One variable of an environment.
 *
 * @param secret whether its value is never shown again
 */
public record Variable(
    String name, boolean secret, Secret value, long updatedAt, String updatedBy) {}
