package dev.temps.agent.mesh;

/**
 * The container network of this node: Docker network {@code temps} on bridge {@code temps0},
 * without Docker's own masquerade.
 */
@FunctionalInterface
public interface BridgeNetwork {
  /**
   * Makes the network exist with these figures; an equal one is left alone.
   *
   * @param subnet e.g. 10.208.17.0/24
   * @param gateway the bridge's address in it
   * @param mtu of the bridge and of containers
   * @throws Exception when the container engine can't be asked or refuses
   */
  void ensure(String subnet, String gateway, int mtu) throws Exception;
}
