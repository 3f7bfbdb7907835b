package dev.temps.control.upgrade;

/**
 * The release that an upgrade brings.
 *
 * @param operationId the upgrade
 */
public record Target(
    String operationId, String sha256, long bytes, String version, int contract, int schema) {}
