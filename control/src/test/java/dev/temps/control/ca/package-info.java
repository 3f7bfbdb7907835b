/** The CA is rotated over the real store. */
@NullMarked
package dev.temps.control.ca;

import org.jspecify.annotations.NullMarked;
