/** Units that run nothing, for tests of what uses them. */
@NullMarked
package dev.temps.agent.unit.testing;

import org.jspecify.annotations.NullMarked;
