package dev.temps.contract.api;

import io.avaje.jsonb.Json;

/**
 * A login that opens a domain to its visitors.
 *
 * @param password 8 to 200 characters; kept as a hash, never shown
 */
@Json
public record DomainLogin(String name, String password) {
  /** Without the password. */
  @Override
  public String toString() {
    return "DomainLogin[" + name + ", ***]";
  }
}
