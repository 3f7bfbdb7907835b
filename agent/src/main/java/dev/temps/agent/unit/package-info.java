/**
 * Programs that run beside the agent and outlive it: units. This package owns the unit files (in
 * systemd's folder, or under {@code /var/lib/temps/units}) and nothing else writes them. A running
 * unit is known by pid and start time, so a pid that was given to another program is never taken
 * for it. {@link dev.temps.agent.unit.Tool} runs short programs to their end.
 */
@NullMarked
package dev.temps.agent.unit;

import org.jspecify.annotations.NullMarked;
