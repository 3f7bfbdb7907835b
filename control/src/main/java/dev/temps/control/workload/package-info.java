/**
 * The way to a running container on whatever node it is: image questions, logs, exec, run, stats,
 * through the agent of that node. Owns no state.
 */
@NullMarked
package dev.temps.control.workload;

import org.jspecify.annotations.NullMarked;
