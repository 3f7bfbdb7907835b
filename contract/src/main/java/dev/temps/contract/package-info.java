/** Placeholder. */
@NullMarked
package dev.temps.contract;

import org.jspecify.annotations.NullMarked;
