package dev.temps.agent.runtime;

/**
 * A bridge network whose containers are reached by their own addresses: no masquerading, no
 * published ports.
 *
 * @param bridge interface name, e.g. temps0
 * @param subnet e.g. 10.208.17.0/24
 * @param gateway the bridge's address, e.g. 10.208.17.1
 */
public record NetworkSpec(String name, String bridge, String subnet, String gateway, int mtu) {}
