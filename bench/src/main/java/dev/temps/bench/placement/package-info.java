/**
 * The budgets of placement. {@code Mix} makes the nodes and specs from a seed; each run gives the
 * same mix to the board, to the board with a commit, to Fenzo or to Timefold, and {@link
 * dev.temps.bench.placement.PlacementBench} writes the table.
 */
@NullMarked
package dev.temps.bench.placement;

import org.jspecify.annotations.NullMarked;
