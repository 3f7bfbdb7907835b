package dev.temps.lab.command;

import dev.temps.kit.Time;
import dev.temps.lab.Lab;
import dev.temps.lab.LabLock;
import dev.temps.lab.product.Access;
import dev.temps.lab.product.ProductFile;
import dev.temps.lab.product.ProductState;
import dev.temps.lab.product.Progress;
import dev.temps.lab.product.Release;
import dev.temps.lab.product.Setup;
import dev.temps.lab.product.Summary;
import dev.temps.lab.product.Words;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code temps lab up}. */
@Command(
    name = "up",
    description = "Makes the machines, with Temps on all of them and an app running.",
    footer = {
      "",
      "Examples:",
      "  temps lab up",
      "  temps lab up --nodes 5 --cpu 1 --memory 1g --name big",
      "  temps lab up --machines-only      machines with Docker, nothing of Temps on them"
    })
final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NameOption name = new NameOption();
  @Mixin private LabOptions machines = new LabOptions();

  @Option(
      names = "--release",
      paramLabel = "FILE",
      description = "Release to put on the machines, a .tar.gz; the one that runs without.")
  private @Nullable Path archive;

  @Option(names = "--machines-only", description = "Don't install Temps.")
  private boolean machinesOnly;

  @Option(names = "--no-install", description = "Don't install missing Debian packages.")
  private boolean noInstall;

  @Option(names = "--json", description = "For programs; progress is on the standard error.")
  private boolean json;

  @Override
  public Integer call() {
    Progress progress = new Progress(spec.commandLine().getErr(), Time.system());
    String next = "Remove what there is: " + Words.lab(name.name(), "down");
    try (LabLock _ = LabLock.take(name.name());
        Interruption _ = new Interruption(() -> progress.say("\nInterrupted. " + next))) {
      if (machinesOnly) {
        new Machines(progress, !noInstall).get(machines.spec(name.name()));
        progress.say("Done in " + progress.sinceStart() + "; Temps is not on these machines.");
      } else {
        up(progress);
      }
    }
    return 0;
  }

  private void up(Progress progress) {
    Release release = Release.find(archive, Release.home());
    Lab lab = new Machines(progress, !noInstall).get(machines.spec(name.name()));
    ProductFile file = new ProductFile(lab.directory());
    Setup setup = new Setup(lab, progress);
    Access access =
        switch (file.read()) {
          case ProductState.Untouched() -> setup.begin(release);
          case ProductState.Serving(Access known) -> {
            progress.say("Temps was left half set up there; going on.");
            yield setup.goOn(known);
          }
          case ProductState.Complete(Access known) -> {
            setup.awaitAnswers();
            yield known;
          }
          case ProductState.Lost() ->
              throw new IllegalStateException("such a lab is made anew: " + lab.spec().name());
        };
    progress.say("Done in " + progress.sinceStart() + ".");
    Summary summary = new Summary(lab, access, file.path());
    spec.commandLine().getOut().println(json ? summary.json() : summary.text());
    spec.commandLine().getOut().flush();
  }
}
