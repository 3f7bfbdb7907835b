package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Questions;
import dev.temps.cli.output.Printable;
import dev.temps.contract.api.CaRotateRequest;
import dev.temps.contract.api.OperationView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code temps ca rotate}. */
@Command(
    name = "rotate",
    description = "Gives the cluster a new CA while everything runs; again, finds the rotation.",
    footer = {"  temps ca rotate", "  temps ca rotate --without worker-2"})
final class CaRotateCommand extends ApiCommand {
  @Option(
      names = "--without",
      paramLabel = "NODE",
      arity = "1..*",
      description = "Don't wait for these; they need a new join token if they come back later.")
  private List<String> without = List.of();

  @Option(names = "--detach", description = "Don't wait for the end.")
  private boolean detach;

  @Option(names = "--yes", description = "Don't ask.")
  private boolean yes;

  CaRotateCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws Exception {
    if (!without.isEmpty()) {
      String names = Printable.line(String.join(", ", without));
      io.progress(
          "What has not followed when the old CA is dropped is let in only after temps node remove"
              + " --force and a new join token: "
              + names
              + ".");
      new Questions(io).confirm("Rotate without %s?".formatted(names), yes);
    }
    OperationView operation = api.rotateCa(new CaRotateRequest(without));
    if (detach) {
      io.progress("Rotating the CA: operation %s.".formatted(operation.id()));
    } else {
      operation = new OperationWatch(io, api).await(operation);
    }
    return json ? json(operation) : DONE;
  }
}
