package dev.temps.bench.placement;

/** A place that Timefold may give an item. */
record TimefoldNode(String name) {}
