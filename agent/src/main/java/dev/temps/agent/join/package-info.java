/**
 * How a machine becomes a node: look at the machine, make keys, register with an invitation, start
 * the agent, wait until the mesh is proven. Owns no state of its own; every step finds what the one
 * before left on disk, so it may be interrupted anywhere and run again.
 */
@NullMarked
package dev.temps.agent.join;

import org.jspecify.annotations.NullMarked;
