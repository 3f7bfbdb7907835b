package dev.temps.lab.command;

import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import dev.temps.lab.Lab;
import dev.temps.lab.LabSpec;
import dev.temps.lab.Machine;
import dev.temps.lab.host.Host;
import dev.temps.lab.host.LabPreflight;
import dev.temps.lab.product.ProductFile;
import dev.temps.lab.product.ProductState;
import dev.temps.lab.product.Progress;
import java.util.List;
import java.util.Optional;

/** The first half of {@code lab up}: machines that run, whatever was there before. */
final class Machines {
  private final Progress progress;
  private final boolean install;

  /**
   * Tells what it does.
   *
   * @param install whether missing packages may be installed
   */
  Machines(Progress progress, boolean install) {
    this.progress = progress;
    this.install = install;
  }

  /** The lab of that name, made when it isn't there, made anew when it can't be gone on with. */
  Lab get(LabSpec wish) {
    Optional<Lab> whole = Lab.find(wish.name());
    if (whole.isPresent() && !lost(whole.get())) {
      start(whole.get());
      return whole.get();
    }
    if (Lab.names().contains(wish.name())) {
      progress.say(
          whole.isPresent()
              ? "The first start of Temps in lab %s was interrupted, its secrets are lost."
                  .formatted(wish.name())
              : "Lab %s was left half-made.".formatted(wish.name()));
      progress.step("Taking it down, to make it anew", () -> Lab.remove(wish.name()));
    }
    preflight(new LabPreflight(new Host(Time.system()), wish.dataDiskBytes() > 0));
    int nodes = wish.nodes();
    return progress.step(
        nodes == 1 ? "Making one machine" : "Making " + nodes + " machines",
        () -> Lab.create(wish));
  }

  private static boolean lost(Lab lab) {
    return switch (new ProductFile(lab.directory()).read()) {
      case ProductState.Lost() -> true;
      case ProductState.Untouched(), ProductState.Serving(_), ProductState.Complete(_) -> false;
    };
  }

  private void start(Lab lab) {
    progress.say("Lab " + lab.spec().name() + " is there already.");
    List<String> off =
        lab.machines().stream().filter(machine -> !machine.on()).map(Machine::name).toList();
    if (off.isEmpty()) {
      lab.restore();
    } else {
      progress.step("Giving power to " + String.join(", ", off), lab::restore);
    }
  }

  private void preflight(LabPreflight preflight) {
    List<LabPreflight.Finding> findings = preflight.findings();
    if (install && findings.stream().anyMatch(finding -> finding.what().equals("packages"))) {
      String trouble = progress.step("Installing Debian packages", preflight::installPackages);
      if (!trouble.isEmpty()) {
        progress.say(trouble);
      }
      findings = preflight.findings();
    }
    if (!findings.isEmpty()) {
      throw Problem.of(
              "lab-preflight",
              500,
              "This host can't carry a lab.",
              String.join("\n  ", findings.stream().map(LabPreflight.Finding::line).toList()),
              "")
          .raise();
    }
  }
}
