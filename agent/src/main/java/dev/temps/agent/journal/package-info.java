/**
 * The last assignment, on disk, so that a node makes it true without a control plane, also after a
 * reboot. Only this package writes {@code assignment.json} and {@code unclaimed.json}. Invariants:
 * the epoch never falls; what was assigned before a restore of the control plane stays until the
 * restored one names it or a person discards it.
 */
@NullMarked
package dev.temps.agent.journal;

import org.jspecify.annotations.NullMarked;
