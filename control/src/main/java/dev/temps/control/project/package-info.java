/**
 * Projects and their environments; an environment that runs something is what people call an app.
 * Owns the tables {@code projects} and {@code environments}. The user writes {@code desired},
 * {@code replicas} and {@code restart_generation} through the deployment room; {@code next_number}
 * counts releases. A removed row stays, its name is free again.
 */
@NullMarked
package dev.temps.control.project;

import org.jspecify.annotations.NullMarked;
