/**
 * The last assignment, on disk, so that a node makes it true without a control plane, also after a
 * reboot. Only this package writes {@code assignment.json}. Invariant: the epoch in it never falls.
 */
@NullMarked
package dev.temps.agent.journal;

import org.jspecify.annotations.NullMarked;
