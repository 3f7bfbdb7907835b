/** Placeholder. */
@NullMarked
package dev.temps.dist;

import org.jspecify.annotations.NullMarked;
