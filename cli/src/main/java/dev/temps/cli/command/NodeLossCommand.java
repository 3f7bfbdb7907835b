package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.output.Printable;
import dev.temps.cli.output.Wrapped;
import dev.temps.contract.api.LossMove;
import dev.temps.contract.api.LossOfApp;
import dev.temps.contract.api.LossView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code temps node simulate-loss NODE…}. */
@Command(
    name = "simulate-loss",
    description = "Shows what losing machines would do to apps; changes nothing.",
    footer = {
      "  temps node simulate-loss worker-2",
      "  temps node simulate-loss worker-2 worker-3 --json"
    })
final class NodeLossCommand extends ApiCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "NODE",
      description = "Names or ids of the machines to imagine gone, together.")
  private List<String> nodes = List.of();

  NodeLossCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    LossView view = api.foresight().simulateLoss(nodes);
    if (json) {
      return json(view);
    }
    page(view).forEach(io.out()::println);
    return DONE;
  }

  static List<String> page(LossView view) {
    List<String> page = new ArrayList<>(Wrapped.lines("", view.summary()));
    page.addAll(Wrapped.lines("", view.decision()));
    view.notes().forEach(note -> page.addAll(Wrapped.lines("", note)));
    if (!view.apps().isEmpty()) {
      page.add("");
      page.addAll(apps(view.apps()));
    }
    page.add("");
    page.add(others(view));
    return page;
  }

  private static List<String> apps(List<LossOfApp> apps) {
    int names = "APP".length();
    int outcomes = "OUTCOME".length();
    for (LossOfApp app : apps) {
      names = Math.max(names, Printable.line(app.app()).length());
      outcomes = Math.max(outcomes, Printable.line(app.outcome()).length());
    }
    String row = "%-" + names + "s  %-" + outcomes + "s  %-6s  ";
    List<String> lines = new ArrayList<>();
    lines.add((row + "WHAT FOLLOWS").formatted("APP", "OUTCOME", "LOST"));
    for (LossOfApp app : apps) {
      String lost = app.lost() + "/" + app.replicas();
      String head = row.formatted(Printable.line(app.app()), Printable.line(app.outcome()), lost);
      lines.addAll(Wrapped.lines(head, app.detail() + moves(app)));
      String indent = " ".repeat(head.length());
      app.ways().forEach(way -> lines.addAll(Wrapped.lines(indent + "way out: ", way)));
    }
    return lines;
  }

  private static String moves(LossOfApp app) {
    return app.moves().isEmpty()
        ? ""
        : "; " + app.moves().stream().map(NodeLossCommand::move).collect(Collectors.joining(", "));
  }

  private static String move(LossMove move) {
    return move.replica() + " to " + move.to();
  }

  private static String others(LossView view) {
    String rest = view.apps().isEmpty() ? "" : "other ";
    return switch (view.untouched()) {
      case 0 -> view.apps().isEmpty() ? "There are no apps." : "There are no other apps.";
      case 1 -> "1 " + rest + "app has nothing there.";
      default -> view.untouched() + " " + rest + "apps have nothing there.";
    };
  }
}
