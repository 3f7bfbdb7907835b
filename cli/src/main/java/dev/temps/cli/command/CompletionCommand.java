package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code temps completion}. */
@Command(
    name = "completion",
    description = "Prints a script that completes commands and options in your shell.",
    footer = {"  . <(temps completion bash)", "  temps completion zsh > ~/.temps-completion"})
public final class CompletionCommand implements Callable<Integer> {
  private final Io io;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell = "";

  /** Speaks to the given outside. */
  public CompletionCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    String script = AutoComplete.bash("temps", spec.root().commandLine());
    switch (shell) {
      case "bash" -> io.out().print(script);
      // The script is written for both; zsh has to be told to read bash's completions.
      case "zsh" -> io.out().print("autoload -U +X bashcompinit && bashcompinit\n" + script);
      default -> throw Misuse.of("There is no completion for " + shell + ".", "bash or zsh.");
    }
    return 0;
  }
}
