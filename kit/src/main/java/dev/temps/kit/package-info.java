/** Placeholder. */
@NullMarked
package dev.temps.kit;

import org.jspecify.annotations.NullMarked;
