package dev.temps.contract.agent;

import io.avaje.jsonb.Json;

/**
 * A node's own place in the mesh; written by the control plane, for life.
 *
 * @param pool whole mesh, e.g. 10.208.0.0/12
 * @param address the node's own address without prefix, e.g. 10.208.0.2
 * @param subnet its containers' network, e.g. 10.208.17.0/24
 * @param gateway bridge address in that network, e.g. 10.208.17.1
 * @param probeAddress address of the node's probe in that network, e.g. 10.208.17.2
 * @param port UDP port of WireGuard
 * @param mtu of the mesh interface and of containers
 */
@Json
public record MeshSelf(
    String pool,
    String address,
    String subnet,
    String gateway,
    String probeAddress,
    int port,
    int mtu) {}
