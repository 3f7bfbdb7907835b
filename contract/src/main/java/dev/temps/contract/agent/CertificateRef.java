package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * A certificate every ingress node must show visitors. What it holds is asked for by its hash, so
 * that keys travel once and not with every change of a route.
 *
 * @param id stable, a name
 * @param hash SHA-256 of the {@link HostCertificate#pem}, in hex
 */
@Json
public record CertificateRef(String id, String hash) {}
