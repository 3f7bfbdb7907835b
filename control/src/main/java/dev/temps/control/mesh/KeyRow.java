package dev.temps.control.mesh;

import org.jspecify.annotations.Nullable;

/**
 * A node whose key is being rotated.
 *
 * @param nextKey the public key that follows; null before the node has told it
 * @param turnAt wall clock at which the node was told to use it; null before
 */
record KeyRow(String nodeId, @Nullable String nextKey, @Nullable Long turnAt) {}
