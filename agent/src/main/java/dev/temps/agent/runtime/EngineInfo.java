package dev.temps.agent.runtime;

/**
 * Who the engine is.
 *
 * @param version e.g. {@code 20.10.24+dfsg1}
 * @param apiVersion the one we speak with it, e.g. 1.41
 * @param architecture e.g. {@code amd64}
 */
public record EngineInfo(String version, String apiVersion, String architecture) {
  /** First number of the version, 0 when it has none. */
  public int major() {
    String digits = version.replaceFirst("[^0-9].*", "");
    return digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
  }
}
