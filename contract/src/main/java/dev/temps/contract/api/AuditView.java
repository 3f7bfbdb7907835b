package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * Who did what, when, from where, and how it ended.
 *
 * @param actor name of the API token, or of the part of Temps that did it
 * @param source address it came from
 * @param action subject and verb, e.g. node.cordon
 * @param outcome done, or why not
 */
@Json
public record AuditView(
    String id,
    long atMillis,
    String actor,
    String source,
    String action,
    String subject,
    String outcome) {}
