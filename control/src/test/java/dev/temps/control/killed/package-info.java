/** Long work whose control plane or agents are killed at every step. */
@NullMarked
package dev.temps.control.killed;

import org.jspecify.annotations.NullMarked;
