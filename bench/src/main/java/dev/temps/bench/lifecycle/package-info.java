/**
 * The budgets of a release's and a machine's life: {@link dev.temps.bench.lifecycle.LifecycleBench}
 * runs one {@code Part} in labs of three machines and writes its raw figures; {@code BudgetTable}
 * makes the table from the figures of all parts that were ever run.
 *
 * <p>Requests are sent by {@code OpenLoad} inside a machine at fixed times and measured from the
 * time they were due, so a standstill is seen by all requests that were due in it.
 */
@NullMarked
package dev.temps.bench.lifecycle;

import org.jspecify.annotations.NullMarked;
