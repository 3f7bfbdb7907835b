/**
 * Data of apps on this node. Only this package writes under {@code /var/lib/temps/volumes}: a
 * folder per volume with its data and a marker beside it, which says whose data it is. Invariants:
 * a volume that was used before is never made again; data of another cluster or another life is
 * never given to a container; what is given up is renamed first and deleted a week later.
 */
@NullMarked
package dev.temps.agent.volume;

import org.jspecify.annotations.NullMarked;
