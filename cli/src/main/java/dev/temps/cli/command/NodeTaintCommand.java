package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.cli.api.Api;
import dev.temps.contract.api.NodePatch;
import dev.temps.contract.api.NodeView;
import dev.temps.kit.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code temps node taint}. */
@Command(
    name = "taint",
    description = "Keeps apps off a machine that don't tolerate it; KEY- takes a taint away.",
    footer = {"  temps node taint worker-2 dedicated=db", "  temps node taint worker-2 dedicated-"})
final class NodeTaintCommand extends NodeCommand.OfNode {
  private static final String NO_PLACE = ":no-place";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "KEY[=VALUE][:EFFECT]",
      description = "EFFECT is no-place, or prefer-not: better elsewhere. KEY- removes one.")
  private List<String> taints = List.of();

  NodeTaintCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    Map<String, String> changes = new LinkedHashMap<>();
    for (String text : taints) {
      add(changes, text);
    }
    NodeView view = api.changeNode(node(), new NodePatch(null, null, changes));
    boolean none = view.taints() == null || view.taints().isEmpty();
    return done(view, none ? "without taints" : "tainted");
  }

  private static void add(Map<String, String> changes, String text) {
    boolean removes = text.endsWith("-") && text.indexOf('=') < 0 && text.indexOf(':') < 0;
    int colon = text.lastIndexOf(':');
    String pair = removes ? text.substring(0, text.length() - 1) : before(text, colon);
    int equals = pair.indexOf('=');
    String key = before(pair, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    String effect = colon < 0 ? NO_PLACE : text.substring(colon);
    if (key.isEmpty() || changes.put(key, removes ? "" : value + effect) != null) {
      throw Misuse.of(
          Text.quoted(text) + " has no key, or one that is given twice.",
          "Write KEY=VALUE, e.g. dedicated=db, and each key once.");
    }
  }

  private static String before(String text, int at) {
    return at < 0 ? text : text.substring(0, at);
  }
}
