package dev.temps.lab.product;

/**
 * A replica as {@code temps ps} tells of it.
 *
 * @param node name of the machine it was put on
 * @param state running, starting, unknown …
 */
public record Replica(String name, String node, String state) {
  /** Whether its machine says that it runs. */
  public boolean running() {
    return state.equals("running");
  }
}
