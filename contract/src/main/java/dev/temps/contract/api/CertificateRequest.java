package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for visitors.
 *
 * @param chain certificate and chain as PEM, leaf first
 * @param key private key as PEM, not encrypted; never shown again
 * @param leafAlone it needs no chain; null: false
 */
@Json
public record CertificateRequest(String chain, String key, @Nullable Boolean leafAlone) {
  /** Without the key. */
  @Override
  public String toString() {
    return "CertificateRequest[***]";
  }
}
