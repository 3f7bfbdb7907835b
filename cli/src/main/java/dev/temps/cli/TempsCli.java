package dev.temps.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs {@code temps}. Exit codes: 0 done, 1 failed, 2 misused. A problem is one line on standard
 * error; a stack trace is shown only with {@code TEMPS_DEBUG=1}. Stateless.
 */
public final class TempsCli {
  private TempsCli() {}

  /**
   * Runs one command line.
   *
   * @param mounts commands of other modules, shown among ours
   * @return the exit code
   */
  public static int run(Io io, List<Mount> mounts, String... args) {
    List<Mount> all = new ArrayList<>(Catalog.mounts());
    all.addAll(mounts);
    String first = args.length == 0 ? "--help" : args[0];
    if (first.equals("--help") || first.equals("-h") || (first.equals("help") && args.length < 2)) {
      io.out().print(HelpPage.of(all));
      io.out().flush();
      return 0;
    }
    List<Mount> needed = all.stream().filter(m -> m.name().equals(first)).toList();
    CommandLine line = build(io, needed.isEmpty() ? all : needed);
    try {
      return line.execute(args);
    } finally {
      io.out().flush();
      io.err().flush();
    }
  }

  /** The command tree with the given commands in it. */
  public static CommandLine build(Io io, List<Mount> mounts) {
    CommandLine root = new CommandLine(CommandSpec.forAnnotatedObject(new Root()));
    for (Mount mount : mounts) {
      root.addSubcommand(mount.name(), mount.command().apply(io));
    }
    return Failures.handled(io, root);
  }

  /** Every command of this module and the given ones: for completion and tests. */
  public static CommandLine tree(Io io, List<Mount> mounts) {
    List<Mount> all = new ArrayList<>(Catalog.mounts());
    all.addAll(mounts);
    return build(io, all);
  }

  @Command(
      name = "temps",
      mixinStandardHelpOptions = false,
      description = "Runs apps on machines of your own.")
  static final class Root {}
}
