/** The house rules as tests: floors, tidiness, banned words. They read the sources as text. */
@NullMarked
package dev.temps.house;

import org.jspecify.annotations.NullMarked;
