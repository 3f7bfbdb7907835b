/**
 * Volumes: data of apps that stays when their containers go. Owns the table {@code volumes}; a row
 * is written when an app is placed first, marked {@code made} when a node reports a container on
 * it, {@code lost} when that node is removed by force, and ended when a person removes it. Rows
 * stay.
 *
 * <p>Invariants: a volume lives on one node; at most one life of it is not ended; a life that was
 * made never becomes new again.
 */
@NullMarked
package dev.temps.control.volume;

import org.jspecify.annotations.NullMarked;
