/**
 * What each node used over time: cpu, memory, disk, load, from its reports. Owns the table {@code
 * node_metrics}: 10 s for an hour, a minute for a day, a quarter of an hour for a month.
 */
@NullMarked
package dev.temps.control.metric;

import org.jspecify.annotations.NullMarked;
