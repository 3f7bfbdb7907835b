/** A probe that pings nothing, for tests of what asks it. */
@NullMarked
package dev.temps.agent.probe.testing;

import org.jspecify.annotations.NullMarked;
