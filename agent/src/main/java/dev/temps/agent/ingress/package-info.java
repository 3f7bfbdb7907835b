/**
 * Users' traffic: HAProxy on this node, as a unit that outlives the agent. This package owns the
 * files under the {@code haproxy} folder and is the only one that speaks to its sockets.
 *
 * <p>Invariants: what HAProxy is told is on disk first, so that its restart loses nothing; a change
 * of servers never reloads, a change of apps or host names does, without losing a connection; every
 * backend has spare slots, so that a new replica needs no new configuration.
 */
@NullMarked
package dev.temps.agent.ingress;

import org.jspecify.annotations.NullMarked;
