/**
 * Empties nodes and takes dead ones out of the cluster. The planner of {@code deployment} moves the
 * replicas; this room writes the node's availability while a drain runs, follows its progress in an
 * operation, and ends it. Owns no table.
 */
@NullMarked
package dev.temps.control.drain;

import org.jspecify.annotations.NullMarked;
