package dev.temps.control.port;

import org.jspecify.annotations.Nullable;

/**
 * A port of the machines that leads to an app without HTTP.
 *
 * @param app its name
 * @param target port of its containers; null: the one the app serves on
 * @param createdAt milliseconds since the epoch
 */
public record ExposedPort(
    Protocol protocol,
    int port,
    String environmentId,
    String app,
    String project,
    @Nullable Integer target,
    long createdAt,
    String createdBy) {

  /** As people write it, {@code 5432/tcp}. */
  public String label() {
    return label(protocol, port);
  }

  static String label(Protocol protocol, int port) {
    return port + "/" + protocol;
  }
}
