/**
 * Asks whether the mesh works, from where a container stands: a network namespace {@code
 * temps-probe} with one leg on the containers' bridge. This package owns that namespace and its
 * cable; whoever pings the node's probe address gets the kernel's answer from there.
 */
@NullMarked
package dev.temps.agent.probe;

import org.jspecify.annotations.NullMarked;
