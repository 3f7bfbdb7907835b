package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * What every ingress node answers a certificate authority that asks for a proof.
 *
 * @param token last segment of the path asked for
 * @param authorization the answer's body
 */
@Json
public record AcmeAnswer(String token, String authorization) {}
