/**
 * What happened and why, for people. Owns the table {@code events}; every room that decides
 * something adds its sentence in the same transaction. Never holds secrets. Kinds are stable,
 * subject and verb: {@code deployment.serving}.
 */
@NullMarked
package dev.temps.control.event;

import org.jspecify.annotations.NullMarked;
