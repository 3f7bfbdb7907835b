/**
 * Machines: who is in the cluster, how one is invited and registers, and what the control plane
 * holds of each.
 *
 * <p>Owns the tables {@code nodes}, {@code join_tokens} and {@code lost_nodes}. The operator writes
 * {@code availability} and {@code labels}; the agent, through registration and sessions, writes
 * keys, endpoints, host facts and versions; the control plane writes id, name and mesh numbers
 * once. Liveness, usage, conditions and observed peers live in memory only, in {@link
 * dev.temps.control.node.NodeMonitor}. Invariants: a node row is never deleted; ids and mesh
 * numbers are never used again; a name is unique among the living; an invitation is used by one key
 * only.
 */
@NullMarked
package dev.temps.control.node;

import org.jspecify.annotations.NullMarked;
