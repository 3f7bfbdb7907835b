/**
 * The node's place in the mesh: the WireGuard interface {@code temps-wg0}, its peers, the routes of
 * the pool, the bridge containers hang on, and the walls around them. This package is the only
 * writer of those; {@code dev.temps.agent.probe} asks whether they work.
 *
 * <p>Invariants: packets for the pool leave this machine through {@code temps-wg0} or not at all;
 * peers change one at a time, so that a new neighbour never disturbs the others; keys are never in
 * arguments, logs or problems.
 */
@NullMarked
package dev.temps.agent.mesh;

import org.jspecify.annotations.NullMarked;
