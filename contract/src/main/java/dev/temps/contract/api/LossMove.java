package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * Where a replica would start again.
 *
 * @param replica its name, e.g. web-1
 * @param from name of the lost node
 * @param to name of another node
 */
@Json
public record LossMove(String replica, String from, String to) {}
