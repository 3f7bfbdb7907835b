/**
 * Snapshots of the control plane: how one is written, sealed, checked and opened again, who holds
 * copies, and who has taken this control plane's place.
 *
 * <p>Owns the folder {@code snapshot} of the data directory and the setting {@code
 * cluster.superseded}. Invariants: a snapshot replaces the one before only when it is complete and
 * on disk; nothing of one is used before all of it was authenticated; it opens with the recovery
 * key alone.
 */
@NullMarked
package dev.temps.control.backup;

import org.jspecify.annotations.NullMarked;
