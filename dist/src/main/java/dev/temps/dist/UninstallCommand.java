package dev.temps.dist;

import dev.temps.agent.join.Uninstall;
import dev.temps.agent.runtime.docker.DockerRuntime;
import dev.temps.cli.Io;
import dev.temps.cli.input.Questions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code temps uninstall}, the way back from {@code temps join}. */
@Command(
    name = "uninstall",
    description = "Leaves this machine as it was before it joined; packages stay.",
    footer = {"  temps uninstall", "  temps uninstall --force --yes"})
final class UninstallCommand implements Callable<Integer> {
  private final Io io;

  @Option(names = "--force", description = "Also while the cluster still counts on this node.")
  private boolean force;

  @Option(
      names = "--control-plane",
      description = "Also the data of the control plane on this machine: all of the cluster.")
  private boolean controlPlane;

  @Option(names = "--yes", description = "Don't ask.")
  private boolean yes;

  UninstallCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() throws Exception {
    new Questions(io)
        .confirm("Remove all containers, keys and data of Temps from this machine?", yes);
    Uninstall.ofThisMachine(new DockerRuntime(DockerRuntime.SOCKET, io.time()), io.time())
        .run(force, controlPlane, io::progress);
    io.progress(
        "Done. The program itself: rm -rf /opt/temps /opt/temps-releases /usr/local/bin/temps");
    return 0;
  }
}
