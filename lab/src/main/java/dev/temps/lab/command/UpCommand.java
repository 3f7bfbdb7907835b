package dev.temps.lab.command;

import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import dev.temps.lab.Lab;
import dev.temps.lab.LabSpec;
import dev.temps.lab.host.Host;
import dev.temps.lab.host.LabPreflight;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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

  @Option(names = "--nodes", description = "How many machines (${DEFAULT-VALUE}).")
  private int nodes = 3;

  @Option(names = "--cpu", description = "Cores each may use; all of the host's without.")
  private double cpu = Runtime.getRuntime().availableProcessors();

  @Option(names = "--memory", description = "Memory each may use (${DEFAULT-VALUE}).")
  private String memory = "2g";

  @Option(names = "--machines-only", description = "Don't install Temps.")
  private boolean machinesOnly;

  @Option(names = "--no-install", description = "Don't install missing Debian packages.")
  private boolean noInstall;

  @Override
  public Integer call() {
    Time time = Time.system();
    Duration start = time.elapsed();
    Optional<Lab> there = Lab.find(name.name());
    Lab lab;
    if (there.isPresent()) {
      lab = there.get();
      say("Lab " + name.name() + " is there already; machines without power are started.");
      lab.each(machine -> machine.powerOn());
    } else {
      preflight(new LabPreflight(new Host(time)));
      LabSpec wish =
          LabSpec.named(name.name().value())
              .withNodes(nodes)
              .withCpus(cpu)
              .withMemory(Sizes.parse("memory", memory));
      say("Making %d machines …".formatted(nodes));
      lab = Lab.create(wish);
    }
    say("%d machines run after %s.".formatted(lab.machines().size(), seconds(time, start)));
    if (!machinesOnly) {
      say("Temps is not installed on them.");
    }
    return 0;
  }

  private void preflight(LabPreflight preflight) {
    List<LabPreflight.Finding> findings = preflight.findings();
    if (!noInstall && findings.stream().anyMatch(finding -> finding.what().equals("packages"))) {
      say("Installing Debian packages …");
      String trouble = preflight.installPackages();
      if (!trouble.isEmpty()) {
        say(trouble);
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

  private static String seconds(Time time, Duration start) {
    double millis = time.elapsed().minus(start).toMillis();
    return String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  private void say(String text) {
    spec.commandLine().getErr().println(text);
    spec.commandLine().getErr().flush();
  }
}
