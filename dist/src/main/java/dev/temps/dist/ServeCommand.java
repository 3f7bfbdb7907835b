package dev.temps.dist;

import dev.temps.agent.identity.AgentFolder;
import dev.temps.agent.unit.Units;
import dev.temps.cli.Io;
import dev.temps.cli.Misuse;
import dev.temps.contract.api.Serving;
import dev.temps.control.ControlPlane;
import dev.temps.control.ServeOptions;
import dev.temps.kit.Ids;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code temps serve}: makes the cluster at the first start, keeps the control plane running as a
 * unit, and joins this machine to it. Run again it changes only what is named.
 */
@Command(
    name = "serve",
    description = "Starts a control plane on this machine and makes it the first node.",
    footer = {
      "  temps serve",
      "  temps serve --advertise cp.example.com,203.0.113.7 --domain apps.example.com",
      "  temps serve --restore /var/lib/temps/agent/snapshots --recovery-key-file key.txt",
      "  temps serve --from-node any --recovery-key-file key.txt"
    })
final class ServeCommand implements Callable<Integer> {
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final Io io;

  @Mixin private ServeSettings settings = new ServeSettings();
  @Mixin private LocalNode node = new LocalNode();

  @Option(names = "--json", description = "Print what the first start shows once as JSON.")
  private boolean json;

  @Option(
      names = "--foreground",
      description = "Only be the control plane, in this process: what the unit runs.")
  private boolean foreground;

  @Option(names = "--stop", description = "Stop the control plane; apps and agents go on.")
  private boolean stop;

  @Option(
      names = "--restore",
      paramLabel = "FILE",
      description = "Put a lost control plane back here from a snapshot, or a folder of them.")
  private @Nullable Path restore;

  @Option(
      names = "--from-node",
      paramLabel = "NODE",
      description =
          "The same with the newest snapshot of another node, by name or mesh address, or any.")
  private @Nullable String fromNode;

  ServeCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() throws Exception {
    if (stop) {
      ThisMachine.units(io.time()).stop(ControlUnit.NAME);
      io.progress("The control plane is stopped; start it again with: temps serve");
      return 0;
    }
    if (restore != null && fromNode != null) {
      throw Misuse.of("--restore and --from-node exclude each other.", "Give one of them.");
    }
    ServeOptions options = settings.options(io);
    Path snapshot = fromNode == null ? restore : SnapshotsOfOthers.fetch(io, fromNode);
    if (snapshot != null) {
      new RestoreHere(io, options, node).from(snapshot);
    }
    return foreground ? run(options) : install(options);
  }

  /** The control plane itself, until this process is told to end. */
  private int run(ServeOptions options) throws InterruptedException {
    ControlPlane plane = ControlPlane.start(options, io.time(), Ids.secure());
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(plane::close));
    io.progress("The control plane answers on port " + plane.port() + ".");
    Trim.start(io.time());
    while (true) {
      io.time().pause(FOR_EVER);
    }
  }

  private int install(ServeOptions options) throws Exception {
    LocalNode.insistOnNoOther(AgentFolder.standard(), options, io.time());
    Optional<Serving> first = ControlPlane.initialize(options, io.time(), Ids.secure());
    Units units = ThisMachine.units(io.time());
    ControlUnit unit = new ControlUnit(io, units, options);
    unit.ensure(settings.forUnit());
    unit.awaitAnswer(first.map(Serving::caFingerprint));
    if (first.isPresent()) {
      FirstShowing.show(io, first.get(), options.port(), json);
      ControlPlane.shown(options, io.time(), Ids.secure());
    }
    node.join(io, options);
    io.progress("This machine is a node and ready.");
    return 0;
  }
}
