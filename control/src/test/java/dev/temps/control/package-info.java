/** Tests of the control plane as a whole. */
@NullMarked
package dev.temps.control;

import org.jspecify.annotations.NullMarked;
