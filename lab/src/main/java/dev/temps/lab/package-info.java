/** Placeholder. */
@NullMarked
package dev.temps.lab;

import org.jspecify.annotations.NullMarked;
