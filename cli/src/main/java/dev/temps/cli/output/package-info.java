/** How things look in a terminal: tables, sizes, ages, colours. Pure; owns no state. */
@NullMarked
package dev.temps.cli.output;

import org.jspecify.annotations.NullMarked;
