package dev.temps.control.scheduler;

/**
 * A port of the node itself, which only one container there can have.
 *
 * @param protocol {@code tcp} or {@code udp}
 */
public record HostPort(int port, String protocol) {
  /** {@code 53/udp}. */
  public String words() {
    return port + "/" + protocol;
  }
}
