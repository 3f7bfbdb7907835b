/**
 * The network between nodes as the control plane sees it: which address each container and each app
 * has, what every node must know of the others, and what the nodes say of the paths between them.
 *
 * <p>Owns the tables {@code addresses}, {@code service_addresses}, {@code mesh_paths} and {@code
 * mesh_keys}. Invariants: a relay is only over two direct pairs; one node at a time changes its
 * key; an address has one owner, and rests ten minutes after its owner is gone, so that a late
 * packet never meets a stranger.
 */
@NullMarked
package dev.temps.control.mesh;

import org.jspecify.annotations.NullMarked;
