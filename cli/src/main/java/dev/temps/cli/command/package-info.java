/**
 * The commands. Each one parses its arguments, makes a few calls, and shows the answer: what was
 * asked for on standard output, everything else on standard error. They keep nothing.
 */
@NullMarked
package dev.temps.cli.command;

import org.jspecify.annotations.NullMarked;
