/**
 * The control plane's snapshots, kept for it: sealed files this node can't read. Only this package
 * writes the folder. Invariants: a file is complete or not there; the last three stay.
 */
@NullMarked
package dev.temps.agent.snapshot;

import org.jspecify.annotations.NullMarked;
