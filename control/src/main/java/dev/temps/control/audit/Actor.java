package dev.temps.control.audit;

/**
 * Who does something, for the log.
 *
 * @param name of the API token, or {@code node NAME}
 * @param source address the request came from
 */
public record Actor(String name, String source) {
  /** The control plane itself. */
  public static final Actor SELF = new Actor("control plane", "local");
}
