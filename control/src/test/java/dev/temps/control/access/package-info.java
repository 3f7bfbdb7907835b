/** Tests of this room. */
@NullMarked
package dev.temps.control.access;

import org.jspecify.annotations.NullMarked;
