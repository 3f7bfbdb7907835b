/**
 * {@code temps lab …}: what a person types. Parses, calls {@link dev.temps.lab.Lab}, and shows what
 * came of it: results on the standard output, progress on the standard error. Keeps nothing.
 */
@NullMarked
package dev.temps.lab.command;

import org.jspecify.annotations.NullMarked;
