/**
 * The network between nodes as the control plane sees it: which address each container has, what
 * every node must know of the others, and what the nodes say of the paths between them.
 *
 * <p>Owns the tables {@code addresses} and {@code mesh_paths}. Invariants: a relay is only over two
 * direct pairs; an address has one owner, and rests ten minutes after its owner is gone, so that a
 * late packet never meets a stranger.
 */
@NullMarked
package dev.temps.control.mesh;

import org.jspecify.annotations.NullMarked;
