/** Placeholder. */
@NullMarked
package dev.temps.bench;

import org.jspecify.annotations.NullMarked;
