/**
 * Snapshots of the control plane: how one is written, sealed, checked and opened again, and who
 * holds copies.
 *
 * <p>Owns the folder {@code snapshot} of the data directory. Invariants: a snapshot replaces the
 * one before only when it is complete and on disk; nothing of one is used before all of it was
 * authenticated; it opens with the recovery key alone.
 */
@NullMarked
package dev.temps.control.backup;

import org.jspecify.annotations.NullMarked;
