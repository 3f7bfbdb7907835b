/**
 * The store: one SQL dialect on two engines, transactions that may run twice, one lock on the data
 * directory. Owns the tables {@code settings} (keys of each room stand in that room) and Flyway's
 * history; knows no domain. Every other room writes its tables only through {@link
 * dev.temps.control.store.Database}.
 */
@NullMarked
package dev.temps.control.store;

import org.jspecify.annotations.NullMarked;
