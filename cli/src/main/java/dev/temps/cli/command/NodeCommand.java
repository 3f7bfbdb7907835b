package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Pairs;
import dev.temps.cli.input.Questions;
import dev.temps.cli.input.Segment;
import dev.temps.contract.api.NodePatch;
import dev.temps.contract.api.NodeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps node …}. */
@Command(
    name = "node",
    description = "The machines of the cluster.",
    footer = {"  temps node list", "  temps node token create --name worker-2"},
    subcommands = {
      NodeCommand.Listing.class,
      NodeCommand.Show.class,
      NodeCommand.Label.class,
      NodeTaintCommand.class,
      NodeCommand.Cordon.class,
      NodeCommand.Uncordon.class,
      NodeDrainCommands.Drain.class,
      NodeDrainCommands.Undrain.class,
      NodeDrainCommands.Remove.class,
      NodeLostCommand.class,
      NodeLossCommand.class,
      NodeCommand.Discard.class,
      NodeMetricsCommand.class,
      NodeTokenCommand.class
    })
public final class NodeCommand {

  @Command(
      name = "list",
      description = "Lists the machines: how they are, what they have and what is promised.",
      footer = {"  temps node list", "  temps node list --json"})
  static final class Listing extends ApiCommand {
    Listing(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<NodeView> nodes = api.nodes();
      if (json) {
        return json(NodeView.class, nodes);
      }
      show(NodePage.table(nodes, io.time().millis()));
      NodePage.problems(nodes).forEach(io::progress);
      return DONE;
    }
  }

  @Command(
      name = "show",
      description = "Shows all that is known about a machine.",
      footer = {"  temps node show worker-2", "  temps node show worker-2 --json"})
  static final class Show extends OfNode {
    Show(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      NodeView view = api.node(node());
      if (json) {
        return json(view);
      }
      NodePage.lines(view, io.time().millis()).forEach(io.out()::println);
      return DONE;
    }
  }

  @Command(
      name = "label",
      description = "Sets labels of a machine, or removes them: KEY=VALUE sets, KEY- removes.",
      footer = {
        "  temps node label worker-2 region=eu disk=ssd",
        "  temps node label worker-2 disk-"
      })
  static final class Label extends OfNode {
    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "KEY=VALUE",
        description = "Labels to set, or KEY- to remove one.")
    private List<String> labels = List.of();

    Label(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      List<String> parts =
          labels.stream()
              .map(l ->
                  l.endsWith("-") && !l.contains("=") ? l.substring(0, l.length() - 1) + "=" : l)
              .toList();
      Map<String, String> changes = new LinkedHashMap<>(Pairs.labels(parts));
      return done(api.changeNode(node(), new NodePatch(null, changes, null)), "labelled");
    }
  }

  @Command(
      name = "cordon",
      description = "Places nothing new on a machine; what runs there stays.",
      footer = {"  temps node cordon worker-2", "  temps node cordon worker-2 --json"})
  static final class Cordon extends OfNode {
    Cordon(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      return done(api.changeNode(node(), new NodePatch("cordoned", null, null)), "cordoned");
    }
  }

  @Command(
      name = "uncordon",
      description = "Lets a cordoned machine take new replicas again.",
      footer = {"  temps node uncordon worker-2", "  temps node uncordon worker-2 --json"})
  static final class Uncordon extends OfNode {
    Uncordon(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      return done(api.changeNode(node(), new NodePatch("active", null, null)), "active");
    }
  }

  @Command(
      name = "discard",
      description = "Stops and removes a container that a restored control plane doesn't know.",
      footer = {"  temps node discard worker-2 r-4k2m", "  temps node show worker-2"})
  static final class Discard extends OfNode {
    @Parameters(index = "1", paramLabel = "ID", description = "The container, see node show.")
    private String id = "";

    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    Discard(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      Segment.of("container", id);
      new Questions(io).confirm("Stop and remove " + id + " on " + node() + "?", yes);
      api.discard(node(), id);
      io.progress("Discarded " + id + ".");
      return DONE;
    }
  }

  /** A command about one node. */
  abstract static class OfNode extends ApiCommand {
    @Parameters(index = "0", paramLabel = "NODE", description = "Name or id of the node.")
    private @Nullable String name;

    OfNode(Io io) {
      super(io);
    }

    final String node() {
      return Segment.of("node", String.valueOf(name));
    }

    final int done(NodeView view, String what) {
      io.progress(view.name() + " is " + what + ".");
      return json ? json(view) : DONE;
    }
  }
}
