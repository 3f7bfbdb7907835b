/** Stand-ins for agents with state of their own. */
@NullMarked
package dev.temps.control.workload.testing;

import org.jspecify.annotations.NullMarked;
