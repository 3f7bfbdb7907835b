/** Tests of this room. */
@NullMarked
package dev.temps.control.node;

import org.jspecify.annotations.NullMarked;
