package dev.temps.control.event;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param kind subject and verb, e.g. {@code deployment.failed}
 * @param subject what it is about: an app's name, a node's name
 * @param nodeId the node it happened on, null when it is about none
 * @param reason one sentence
 */
public record Event(
    String id, long at, String kind, String subject, @Nullable String nodeId, String reason) {}
