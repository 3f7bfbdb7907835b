/**
 * Walls between projects: which may talk to each other, and what every node is told so that all
 * others can't. Owns the table {@code project_links}; whose an address is stands in the room mesh.
 *
 * <p>Invariants: a link is for both ways and between two projects; a project that gets the name of
 * a removed one does not inherit its links. An address is told as its project's before its
 * container is, and as nobody else's before it has rested.
 */
@NullMarked
package dev.temps.control.wall;

import org.jspecify.annotations.NullMarked;
