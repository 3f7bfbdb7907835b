/** Tests of this room. */
@NullMarked
package dev.temps.control.backup;

import org.jspecify.annotations.NullMarked;
