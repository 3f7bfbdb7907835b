/**
 * Measurements, side by side with a peer in one run where there is one. Nothing here asserts a
 * time; the scripts beside it print tables.
 */
@NullMarked
package dev.temps.bench;

import org.jspecify.annotations.NullMarked;
