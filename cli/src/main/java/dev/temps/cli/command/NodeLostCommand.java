package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Questions;
import dev.temps.cli.output.Printable;
import dev.temps.contract.api.LostNode;
import dev.temps.contract.api.LostPlan;
import dev.temps.contract.api.LostRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps node declare-lost NODE…}. */
@Command(
    name = "declare-lost",
    description = "Says that silent machines are really gone; shows first what follows.",
    footer = {
      "  temps node declare-lost worker-2 worker-3",
      "  temps node declare-lost worker-2 --yes"
    })
final class NodeLostCommand extends ApiCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "NODE",
      description = "Names or ids of machines that don't report and that you know to be gone.")
  private List<String> nodes = List.of();

  @Option(names = "--yes", description = "Don't ask.")
  private boolean yes;

  NodeLostCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws Exception {
    LostPlan plan = api.declareLost(new LostRequest(nodes, null));
    if (!plan.brake().isEmpty()) {
      io.progress(Printable.line(plan.brake()));
    }
    plan.nodes().forEach(this::show);
    String names = String.join(", ", plan.nodes().stream().map(LostNode::name).toList());
    new Questions(io).confirm("Declare %s lost?".formatted(Printable.line(names)), yes);
    LostPlan done = api.declareLost(new LostRequest(nodes, true));
    io.progress("Lost: " + Printable.line(names) + ".");
    return json ? json(done) : DONE;
  }

  private void show(LostNode node) {
    String reason = node.livenessReason() == null ? "" : ": " + node.livenessReason();
    String replicas = node.replicas().isEmpty() ? "none" : String.join(", ", node.replicas());
    io.progress(Printable.line(node.name() + " is " + node.liveness() + reason));
    io.progress("  replicas there: " + Printable.line(replicas));
    io.progress("  " + Printable.line(node.consequence()));
  }
}
