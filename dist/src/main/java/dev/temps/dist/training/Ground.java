package dev.temps.dist.training;

import io.avaje.jsonb.Json;

/**
 * What a training server tells those who are trained against it.
 *
 * @param joinToken an invitation
 */
@Json
public record Ground(String url, String pin, String ownerToken, String joinToken) {
  /** Name of the file it is in. */
  static final String FILE = "ground.json";

  /** Without the tokens. */
  @Override
  public String toString() {
    return "Ground[" + url + "]";
  }
}
