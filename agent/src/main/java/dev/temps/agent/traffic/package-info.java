/**
 * What this node's ingress answered: figures by app since the agent started, and an access log for
 * each app. Reads lines in the form of {@link dev.temps.agent.traffic.RequestLine}; where they come
 * from is the ingress' part. Owns the folder of access logs.
 *
 * <p>Invariants: every line is counted, written are so many in a second at most; counting makes no
 * garbage, because a flood of requests must not become a flood of collections.
 */
@NullMarked
package dev.temps.agent.traffic;

import org.jspecify.annotations.NullMarked;
