/** Names inside the mesh over the real store. */
@NullMarked
package dev.temps.control.name;

import org.jspecify.annotations.NullMarked;
