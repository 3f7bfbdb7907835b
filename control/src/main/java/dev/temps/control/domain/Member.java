package dev.temps.control.domain;

import io.avaje.jsonb.Json;

/**
 * Somebody who may enter a site.
 *
 * @param hash of site and login, as {@link dev.temps.contract.agent.SiteSpec} says
 */
@Json
public record Member(String name, String hash) {
  /** Without the hash. */
  @Override
  public String toString() {
    return "Member[" + name + "]";
  }
}
