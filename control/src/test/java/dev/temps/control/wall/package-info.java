/** The CA is rotated over the real store. */
@NullMarked
package dev.temps.control.wall;

import org.jspecify.annotations.NullMarked;
