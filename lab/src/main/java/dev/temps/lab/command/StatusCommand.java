package dev.temps.lab.command;

import dev.temps.kit.Name;
import dev.temps.lab.Lab;
import dev.temps.lab.Machine;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code temps lab status}. */
@Command(
    name = "status",
    description = "Shows the machines of a lab: address, power, Docker, faults.",
    footer = {"", "Examples:", "  temps lab status", "  temps lab status --json"})
final class StatusCommand implements Callable<Integer> {
  private static final String ROW = "%-10s %-14s %-7s %-7s %s%n";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NameOption name = new NameOption();

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  @Override
  public Integer call() {
    Lab lab = Lab.open(name.name());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(lab));
    } else {
      table(lab, out);
    }
    out.flush();
    return 0;
  }

  private static void table(Lab lab, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "lab %s, %s, each machine %.1f cpus and %d MiB, registry %s%n",
        lab.spec().name(),
        lab.range(),
        lab.spec().cpus(),
        lab.spec().memoryBytes() >> 20,
        lab.registry().answers() ? "answers" : "is away");
    out.printf(ROW, "NODE", "ADDRESS", "POWER", "DOCKER", "FAULTS");
    for (Machine machine : lab.machines()) {
      out.printf(
          ROW,
          machine.name(),
          machine.address(),
          power(machine),
          machine.dockerAnswers() ? "yes" : "no",
          machine.faults().line());
    }
    List<Name> others = Lab.names().stream().filter(n -> !n.equals(lab.spec().name())).toList();
    if (!others.isEmpty()) {
      out.println("other labs: " + others);
    }
  }

  private static String power(Machine machine) {
    if (!machine.on()) {
      return "off";
    }
    return machine.frozen() ? "frozen" : "on";
  }

  /** Nothing in it can hold a character that JSON escapes. */
  private static String json(Lab lab) {
    return """
    {"name":"%s","range":"%s","cpus":%s,"memory_bytes":%d,"registry":%s,"machines":[%s]}\
    """
        .formatted(
            lab.spec().name(),
            lab.range(),
            lab.spec().cpus(),
            lab.spec().memoryBytes(),
            lab.registry().answers(),
            lab.machines().stream().map(StatusCommand::json).collect(Collectors.joining(",")));
  }

  private static String json(Machine machine) {
    return """
    {"name":"%s","address":"%s","power":"%s","docker":%s,"faults":"%s"}\
    """
        .formatted(
            machine.name(),
            machine.address(),
            power(machine),
            machine.dockerAnswers(),
            machine.faults().line());
  }
}
