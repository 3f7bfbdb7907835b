/**
 * Decides where replicas run. Pure: the same cluster and the same wish give the same seats, and a
 * refusal says for every node why not. Owns no state; the deployment room stores what it decides.
 *
 * <p>{@link dev.temps.control.scheduler.Filters} are hard, {@link
 * dev.temps.control.scheduler.Scores} are weighted, and {@link dev.temps.control.scheduler.Ledger}
 * counts what both ask for. {@link dev.temps.control.scheduler.Placer} looks at every node; {@link
 * dev.temps.control.scheduler.Board} finds the same node by looking at few.
 *
 * <p>Invariants: reservations never exceed a node's capacity; nothing is placed on a node that is
 * not ready and active; replicas of one release with the usual spread and no other wish differ by
 * at most one between nodes of a zone that fit.
 */
@NullMarked
package dev.temps.control.scheduler;

import org.jspecify.annotations.NullMarked;
