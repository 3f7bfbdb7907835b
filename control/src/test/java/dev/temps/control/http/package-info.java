/** Tests of this room. */
@NullMarked
package dev.temps.control.http;

import org.jspecify.annotations.NullMarked;
