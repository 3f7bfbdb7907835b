/**
 * What each node used and what each app answered over time, from reports. Owns the tables {@code
 * node_metrics} and {@code app_traffic}: 10 s for an hour, a minute for a day, a quarter of an hour
 * for a month.
 */
@NullMarked
package dev.temps.control.metric;

import org.jspecify.annotations.NullMarked;
