/**
 * What the agent says of itself on its own machine, for {@code temps join} and for a person without
 * a control plane at hand. Written by the agent only; gone after a reboot.
 */
@NullMarked
package dev.temps.agent.status;

import org.jspecify.annotations.NullMarked;
