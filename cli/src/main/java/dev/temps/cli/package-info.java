/** Placeholder. */
@NullMarked
package dev.temps.cli;

import org.jspecify.annotations.NullMarked;
