package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Segment;
import dev.temps.cli.output.Human;
import dev.temps.cli.output.Printable;
import dev.temps.cli.output.Wrapped;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.PlacementScore;
import dev.temps.contract.api.PlacementVerdict;
import dev.temps.contract.api.PlacementView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code temps explain APP}. */
@Command(
    name = "explain",
    description = "Shows why an app runs where it does, or waits, and where the next replica goes.",
    footer = {"  temps explain web", "  temps explain web --json"})
public final class ExplainCommand extends ApiCommand {
  private static final double THOUSANDTHS = 1000;

  @Parameters(paramLabel = "APP", description = "Name of an app.")
  private @Nullable String app;

  /** Speaks to the given outside. */
  public ExplainCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    PlacementView view = api.foresight().placement(Segment.of("app", String.valueOf(app)));
    if (json) {
      return json(view);
    }
    page(view, io.time().millis()).forEach(io.out()::println);
    return DONE;
  }

  static List<String> page(PlacementView view, long nowMillis) {
    List<String> page = new ArrayList<>(Wrapped.lines("", view.summary()));
    if (view.strategy() != null) {
      page.addAll(Wrapped.lines("  strategy   ", PlacementCommand.words(view.strategy())));
    }
    if (view.lack() != null) {
      page.addAll(Wrapped.lines("  short      ", view.lack()));
    }
    for (String way : view.ways()) {
      page.addAll(Wrapped.lines("  would fit  ", way));
    }
    if (!view.replicas().isEmpty()) {
      page.add("");
      view.replicas().forEach(replica -> page.addAll(replica(replica, nowMillis)));
    }
    if (!view.nodes().isEmpty()) {
      page.add("");
      page.addAll(Wrapped.lines("", view.next()));
      page.addAll(nodes(view.nodes()));
    }
    return page;
  }

  private static List<String> replica(ContainerView replica, long nowMillis) {
    String head = Printable.line(replica.name() + " on " + replica.node() + ":") + " ";
    String state = replica.state().equals("running") ? replica.health() : replica.state();
    String since = Human.age(replica.createdAtMillis(), nowMillis);
    return Wrapped.lines(
        head, state + ", placed " + since + " ago because: " + replica.placedBecause());
  }

  /** One line for each node, longer ones continued below. */
  private static List<String> nodes(List<PlacementVerdict> nodes) {
    List<String> lines = new ArrayList<>();
    int names = "NODE".length();
    int totals = "POINTS".length();
    for (PlacementVerdict node : nodes) {
      names = Math.max(names, Printable.line(node.node()).length());
      totals = Math.max(totals, points(node).length());
    }
    String row = "%-" + names + "s  %" + totals + "s  ";
    lines.add((row + "WHY").formatted("NODE", "POINTS"));
    for (PlacementVerdict node : nodes) {
      String head = row.formatted(Printable.line(node.node()), points(node));
      lines.addAll(Wrapped.lines(head, why(node)));
    }
    return lines;
  }

  private static String points(PlacementVerdict node) {
    return node.fits() ? number(node.total()) : "-";
  }

  private static String why(PlacementVerdict node) {
    if (!node.fits()) {
      return String.join("; ", node.refusals());
    }
    String scores =
        node.scores().stream()
            .filter(score -> score.value() != 0)
            .map(ExplainCommand::score)
            .collect(Collectors.joining(", "));
    String worth = scores.isEmpty() ? "nothing against it" : scores;
    return (node.chosen() ? "chosen: " : "fits: ") + worth;
  }

  private static String score(PlacementScore score) {
    return score.name() + " " + number(score.value()) + " x " + score.weight();
  }

  private static String number(long thousandths) {
    String text = String.format(Locale.ROOT, "%.3f", thousandths / THOUSANDTHS);
    return text.replaceFirst("\\.?0+$", "");
  }
}
