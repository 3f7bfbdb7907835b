package dev.temps.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

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
    List<Mount> all = Stream.concat(mounts.stream(), Catalog.mounts().stream()).toList();
    String[] words = spelledOut(args);
    try {
      if (words.length == 1 && words[0].equals("--help")) {
        io.out().print(HelpPage.of(all));
        return 0;
      }
      return build(io, needed(all, words[0])).execute(words);
    } finally {
      io.out().flush();
      io.err().flush();
    }
  }

  /** {@code help node list} is {@code node list --help}; nothing at all is {@code --help}. */
  private static String[] spelledOut(String... args) {
    if (args.length == 0 || args[0].equals("-h")) {
      return new String[] {"--help"};
    }
    if (args[0].equals("--version")) {
      return new String[] {"version"};
    }
    if (!args[0].equals("help")) {
      return args;
    }
    List<String> words = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
    words.add("--help");
    return words.toArray(String[]::new);
  }

  /** Only the called command, or all for those that look at all of them. */
  private static List<Mount> needed(List<Mount> all, String called) {
    if (called.equals("completion")) {
      return all;
    }
    List<Mount> named = all.stream().filter(m -> m.name().equals(called)).toList();
    return named.isEmpty() ? all : named;
  }

  /** The command tree with the given commands in it. */
  static CommandLine build(Io io, List<Mount> mounts) {
    CommandLine root = new CommandLine(new Root(), new IoFactory(io));
    for (Mount mount : mounts) {
      root.addSubcommand(mount.name(), mount.command().apply(io));
    }
    explain(root);
    return Failures.handled(io, root);
  }

  /** Every command of this module: for tests. */
  static CommandLine tree(Io io) {
    return build(io, Catalog.mounts());
  }

  /** Gives each command its help option, and examples their heading. */
  private static void explain(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (spec.findOption("--help") == null) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .order(99)
              .description("Show this help.")
              .build());
    }
    var usage = spec.usageMessage();
    usage.optionListHeading("%nOptions:%n").commandListHeading("%nCommands:%n");
    usage.parameterListHeading("%nArguments:%n").descriptionHeading("%n").sortOptions(false);
    boolean headed = String.join("", usage.footer()).contains("Examples:");
    if (usage.footer().length > 0 && !headed) {
      usage.footerHeading("%nExamples:%n");
    }
    line.getSubcommands().values().forEach(TempsCli::explain);
  }

  @Command(name = "temps", description = "Runs apps on machines of your own.")
  static final class Root {}
}
