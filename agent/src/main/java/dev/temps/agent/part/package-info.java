/** The shape every converging part of the agent shares; the session feeds parts and reads them. */
@NullMarked
package dev.temps.agent.part;

import org.jspecify.annotations.NullMarked;
