package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Questions;
import dev.temps.contract.api.DrainRequest;
import dev.temps.contract.api.NodeView;
import dev.temps.contract.api.OperationView;
import dev.temps.contract.api.RemovalView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ways a machine leaves the cluster: emptied, and removed. */
final class NodeDrainCommands {
  private NodeDrainCommands() {}

  @Command(
      name = "drain",
      description = "Moves all replicas off a machine, each successor first, and waits.",
      footer = {
        "  temps node drain worker-2",
        "  temps node drain worker-2 --deadline 10m --detach"
      })
  static final class Drain extends NodeCommand.OfNode {
    @Option(
        names = "--deadline",
        paramLabel = "TIME",
        description = "Give up after this long, e.g. 10m, and leave it cordoned; never without.")
    private @Nullable String deadline;

    @Option(names = "--detach", description = "Don't wait for the end.")
    private boolean detach;

    Drain(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      Long seconds = deadline == null ? null : Amounts.duration("deadline", deadline).toSeconds();
      OperationView begun = api.drain(node(), new DrainRequest(seconds));
      if (detach) {
        io.progress("Draining %s: operation %s.".formatted(begun.subject(), begun.id()));
        return json ? json(begun) : DONE;
      }
      OperationView ended = new OperationWatch(io, api).await(begun);
      return json ? json(ended) : DONE;
    }
  }

  @Command(
      name = "undrain",
      description = "Makes a machine active again, also while it is being drained.",
      footer = {"  temps node undrain worker-2", "  temps node undrain worker-2 --json"})
  static final class Undrain extends NodeCommand.OfNode {
    Undrain(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws InterruptedException {
      return done(api.undrain(node()), "active");
    }
  }

  @Command(
      name = "remove",
      description = "Removes a machine with nothing on it; it can't come back uninvited.",
      footer = {"  temps node remove worker-2", "  temps node remove worker-2 --force"})
  static final class Remove extends NodeCommand.OfNode {
    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    @Option(
        names = "--force",
        description = "Remove a dead machine with what is placed there; shows that first.")
    private boolean force;

    Remove(Io io) {
      super(io);
    }

    @Override
    int run(Api api) throws Exception {
      NodeView view = api.node(node());
      if (force) {
        tell(api.removal(view.id()));
      }
      new Questions(io)
          .confirm(
              "Remove %s (%s, %d containers)? Its certificate ends."
                  .formatted(view.name(), view.liveness(), view.containers()),
              yes);
      api.removeNode(view.id(), force);
      io.progress("Removed " + view.name() + ".");
      return DONE;
    }

    private void tell(RemovalView removal) {
      if (!removal.replicas().isEmpty()) {
        io.progress(
            "Placed on %s, and started elsewhere where there is a place: %s."
                .formatted(removal.node(), String.join(", ", removal.replicas())));
      }
      if (!removal.volumes().isEmpty()) {
        io.progress(
            "Lost with %s, for good: the data of %s."
                .formatted(removal.node(), String.join(", ", removal.volumes())));
      }
    }
  }
}
