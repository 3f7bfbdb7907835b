package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/** Credentials for a registry's private images. */
@Json
public record RegistryRequest(String username, String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return "RegistryRequest[" + username + ", ***]";
  }
}
