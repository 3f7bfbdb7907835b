/**
 * The control plane's own objects and simulated machines on simulated time, network and Docker, all
 * of it from one seed: {@code docs/decisions/023-simulation.md} says what is real and what is not.
 *
 * <p>One run is one thread; nothing here waits, and nothing asks the machine for time or chance.
 */
@NullMarked
package dev.temps.sim;

import org.jspecify.annotations.NullMarked;
