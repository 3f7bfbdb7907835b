/**
 * The command line: commands that speak to a control plane over HTTPS, and the frame other programs
 * of this house mount theirs into. {@link dev.temps.cli.TempsCli} builds no more of the command
 * tree than a call needs, because the time to the first letter is what a person feels. Everything a
 * command touches comes in as an {@link dev.temps.cli.Io}; nothing here keeps state.
 */
@NullMarked
package dev.temps.cli;

import org.jspecify.annotations.NullMarked;
