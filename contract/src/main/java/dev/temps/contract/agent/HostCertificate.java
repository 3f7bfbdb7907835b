package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * What an ingress node shows visitors of a host.
 *
 * @param pem certificate, chain and private key; never printed
 */
@Json
public record HostCertificate(String id, String pem) {
  /** Without the key. */
  @Override
  public String toString() {
    return "HostCertificate[" + id + "]";
  }
}
