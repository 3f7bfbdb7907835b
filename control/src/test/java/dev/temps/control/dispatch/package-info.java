/** Tests of this room. */
@NullMarked
package dev.temps.control.dispatch;

import org.jspecify.annotations.NullMarked;
