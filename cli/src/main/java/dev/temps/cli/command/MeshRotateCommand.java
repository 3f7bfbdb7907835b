package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.contract.api.MeshRotateRequest;
import dev.temps.contract.api.OperationView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code temps mesh rotate}. */
@Command(
    name = "rotate",
    description = "Gives machines new WireGuard keys, one after the other, while traffic goes on.",
    footer = {"  temps mesh rotate", "  temps mesh rotate --node worker-2 --detach"})
final class MeshRotateCommand extends ApiCommand {
  @Option(names = "--node", paramLabel = "NODE", description = "Only this one; else all.")
  private @Nullable String node;

  @Option(names = "--detach", description = "Don't wait for the end.")
  private boolean detach;

  MeshRotateCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    List<OperationView> begun = api.rotate(new MeshRotateRequest(node));
    List<OperationView> all = new ArrayList<>();
    for (OperationView operation : begun) {
      if (detach) {
        io.progress(
            "Rotating the key of %s: operation %s.".formatted(operation.subject(), operation.id()));
        all.add(operation);
      } else {
        all.add(new OperationWatch(io, api).await(operation));
      }
    }
    return json ? json(OperationView.class, all) : DONE;
  }
}
