/** Tests of this room. */
@NullMarked
package dev.temps.control.secret;

import org.jspecify.annotations.NullMarked;
