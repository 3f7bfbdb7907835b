/**
 * Decides where replicas run. Pure: the same cluster and the same wish give the same seats, and a
 * refusal says for every node why not. Owns no state; the deployment room stores what it decides.
 *
 * <p>Invariants: reservations never exceed a node's capacity; nothing is placed on a node that is
 * not ready and active; replicas of one release differ by at most one between nodes that fit.
 */
@NullMarked
package dev.temps.control.scheduler;

import org.jspecify.annotations.NullMarked;
