/** Placeholder. */
@NullMarked
package dev.temps.agent;

import org.jspecify.annotations.NullMarked;
