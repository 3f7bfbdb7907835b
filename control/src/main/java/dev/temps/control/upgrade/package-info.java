/**
 * Upgrades of all machines, one after the other, the control plane's first. Writes {@code upgrades}
 * and {@code upgrade_nodes}, and the progress of its operations. Agents fetch, switch and go back
 * by themselves; this room gives the orders and hears how they end.
 */
@NullMarked
package dev.temps.control.upgrade;

import org.jspecify.annotations.NullMarked;
