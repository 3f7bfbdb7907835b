package dev.temps.contract.release;

import io.avaje.jsonb.Json;

/**
 * What a release says of itself in its file {@code release.json}. Releases before contract 2 have
 * none.
 *
 * @param version e.g. 0.2.0
 * @param contract {@link dev.temps.contract.agent.Contract#VERSION} in it
 * @param schema version of the store it makes
 * @param platform e.g. linux-x64
 */
@Json
public record ReleaseFacts(String version, int contract, int schema, String platform) {
  /** Name of that file in the release's folder. */
  public static final String FILE = "release.json";

  /** The only platform releases are made for. */
  public static final String PLATFORM = "linux-x64";
}
