package dev.temps.cli;

import java.util.function.Function;

/**
 * A command and its place in the help. The command object, annotated for picocli, is made only when
 * it is called or all of the tree is asked for.
 *
 * @param name what is typed after {@code temps}
 * @param summary one line for the list of commands
 * @param command makes the command
 */
public record Mount(String name, Group group, String summary, Function<Io, Object> command) {}
