/**
 * The agent of one node: it makes its last assignment true, with or without a control plane, and
 * reports what it observes. {@link dev.temps.agent.Agent} holds all the wiring; the machinery is in
 * the packages below. When the agent ends, containers, HAProxy, dnsmasq and WireGuard go on.
 */
@NullMarked
package dev.temps.agent;

import org.jspecify.annotations.NullMarked;
