package dev.temps.control.audit;

/**
 * One change.
 *
 * @param actor name of the API token, or {@code node ID}
 * @param source address it came from
 * @param action subject and verb, e.g. {@code node.cordon}
 * @param subject what was changed
 * @param outcome {@code done}, or why not
 */
public record AuditEntry(
    String id,
    long at,
    String actor,
    String source,
    String action,
    String subject,
    String outcome) {}
