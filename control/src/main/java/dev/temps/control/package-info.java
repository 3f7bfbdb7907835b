/** Placeholder. */
@NullMarked
package dev.temps.control;

import org.jspecify.annotations.NullMarked;
