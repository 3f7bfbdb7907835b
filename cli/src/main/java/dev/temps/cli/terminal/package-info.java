/**
 * The terminal a person sits at, while a program on another machine uses it: raw mode, size. What
 * was changed is put back when the command ends.
 */
@NullMarked
package dev.temps.cli.terminal;

import org.jspecify.annotations.NullMarked;
