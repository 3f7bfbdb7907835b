package dev.temps.contract.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * What the first start of a control plane prints once.
 *
 * @param caFingerprint pin for temps login
 */
@Json
public record Serving(
    String url,
    List<String> urls,
    String cluster,
    String ownerToken,
    String recoveryKey,
    String caFingerprint) {
  /** Without the secrets. */
  @Override
  public String toString() {
    return "Serving[" + url + "]";
  }
}
