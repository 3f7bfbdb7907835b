/**
 * Which host names lead to which app, and what visitors must do to enter. Writes the table {@code
 * domains}. A name belongs to the project that claimed it first: no other project gets a part of
 * it, a name below its star, or a star above it.
 */
@NullMarked
package dev.temps.control.domain;

import org.jspecify.annotations.NullMarked;
