package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/** A renewed node certificate for the same key, with the CA bundle of the day; both PEM. */
@Json
public record CertificateReply(String certificate, String caBundle) {}
