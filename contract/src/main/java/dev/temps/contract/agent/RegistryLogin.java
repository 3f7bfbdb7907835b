package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/** Credentials for pulling one image. Never printed. */
@Json
public record RegistryLogin(String host, String username, String password) {
  @Override
  public String toString() {
    return "RegistryLogin[" + host + ", ***]";
  }
}
