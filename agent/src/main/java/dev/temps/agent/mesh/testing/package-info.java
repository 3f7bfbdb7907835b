/** A WireGuard device, walls and a bridge that keep state in memory. */
@NullMarked
package dev.temps.agent.mesh.testing;

import org.jspecify.annotations.NullMarked;
