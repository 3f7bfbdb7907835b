/** Machines that exist on paper only: keys, facts and an agent's side of HTTPS, for tests. */
@NullMarked
package dev.temps.control.testing;

import org.jspecify.annotations.NullMarked;
