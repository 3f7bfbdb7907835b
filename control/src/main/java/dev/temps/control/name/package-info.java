/**
 * Names inside the mesh: what every node is told of each service, its name, its address for life
 * and the replicas behind it. Owns no table; the addresses stand in the room mesh.
 *
 * <p>Invariants: a living app has one address that no other app has; a replica is named while the
 * routes would lead to it, but never on a node that is down, because nothing between the caller and
 * the replica would notice.
 */
@NullMarked
package dev.temps.control.name;

import org.jspecify.annotations.NullMarked;
