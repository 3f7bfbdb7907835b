package dev.temps.cli.context;

import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A control plane and how to be let in.
 *
 * @param name what the person calls it
 * @param url base address, e.g. https://cp.example.com:8443
 * @param caPin SHA-256 of the CA's certificate, 64 hexadecimal letters
 * @param ca the CA's certificate, PEM; null: known by its pin only
 * @param token bearer token, a secret
 */
@Json
public record Context(String name, String url, String caPin, @Nullable String ca, String token) {
  /** Without the token. */
  @Override
  public String toString() {
    return "Context[" + name + ", " + url + "]";
  }
}
