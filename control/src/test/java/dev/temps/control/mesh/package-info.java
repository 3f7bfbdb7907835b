/** Tests of this room. */
@NullMarked
package dev.temps.control.mesh;

import org.jspecify.annotations.NullMarked;
