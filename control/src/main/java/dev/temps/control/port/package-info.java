/**
 * Ports of the machines that lead to apps without HTTP: TCP by the ingress, UDP by the addresses of
 * services. Owns the table {@code exposed_ports}.
 *
 * <p>Invariants: a port leads to one app of the cluster; none that the platform or the way into a
 * machine needs is given away.
 */
@NullMarked
package dev.temps.control.port;

import org.jspecify.annotations.NullMarked;
