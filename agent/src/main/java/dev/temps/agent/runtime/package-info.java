/**
 * Containers of this machine, as the agent speaks of them. {@link ContainerRuntime} is the only
 * door to an engine; it owns no state: the engine does. Every call is blocking, bounded in time,
 * and ends with {@link EngineException} when its thread is interrupted.
 */
@NullMarked
package dev.temps.agent.runtime;

import org.jspecify.annotations.NullMarked;
