/**
 * Makes the containers of this node what the control plane wants them to be. The part writes only
 * observed state: specs come from the assignment, containers belong to the engine, and what must
 * outlive the agent stands in the containers' labels ({@code temps.spec}, {@code temps.generation},
 * {@code temps.grace}); how often something failed is kept in memory alone. The planner is pure; a
 * workload is worked on by at most one thread at a time. A container is removed for not being
 * assigned only after an assignment was given to this process.
 */
@NullMarked
package dev.temps.agent.workload;

import org.jspecify.annotations.NullMarked;
