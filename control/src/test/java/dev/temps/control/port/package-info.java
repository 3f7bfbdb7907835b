/** Ports are exposed over the real store. */
@NullMarked
package dev.temps.control.port;

import org.jspecify.annotations.NullMarked;
