package dev.temps.agent.traffic;

/** Takes HAProxy's lines about requests. */
@FunctionalInterface
public interface RequestTaker {
  /**
   * Takes the line in the bytes from {@code from} up to {@code to}, where its line feed is; the
   * bytes are the caller's again afterwards.
   */
  void take(byte[] bytes, int from, int to);
}
