/**
 * Names and addresses of services on this node: the table {@code ip temps_names}, which leads what
 * is sent to a service's address to one of its members, and dnsmasq, which tells containers the
 * address behind a name. This package is the only writer of both and of {@code
 * /var/lib/temps/names}.
 *
 * <p>Invariants: what packets do changes in one transaction; a packet to a service's address is led
 * to a member or refused, it never goes anywhere else; both go on without an agent and a control
 * plane. {@code docs/decisions/019} has the reasons.
 */
@NullMarked
package dev.temps.agent.name;

import org.jspecify.annotations.NullMarked;
