/**
 * What agent and control plane say to each other, contract version {@value
 * dev.temps.contract.agent.Contract#VERSION}. Desired state is written by the control plane only,
 * observed state by the agent only; they are different records so that the compiler agrees. Unknown
 * fields are ignored.
 */
@NullMarked
package dev.temps.contract.agent;

import org.jspecify.annotations.NullMarked;
