/**
 * Long work as durable rows, table {@code operations}. This room adds, lists, cancels and finishes
 * them; the room that does the work writes step and progress through {@link
 * dev.temps.control.operation.OperationStore}. A finished row never changes again.
 */
@NullMarked
package dev.temps.control.operation;

import org.jspecify.annotations.NullMarked;
