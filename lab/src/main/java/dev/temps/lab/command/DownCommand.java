package dev.temps.lab.command;

import dev.temps.kit.Name;
import dev.temps.kit.Time;
import dev.temps.lab.Lab;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code temps lab down}. */
@Command(
    name = "down",
    description = "Takes a lab down: no process, interface, mount, cgroup or file is left.",
    footer = {"", "Examples:", "  temps lab down", "  temps lab down --all"})
final class DownCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NameOption name = new NameOption();

  @Option(names = "--all", description = "All labs on this host.")
  private boolean all;

  @Override
  public Integer call() {
    Time time = Time.system();
    Duration start = time.elapsed();
    List<Name> names = all ? Lab.names() : List.of(name.name());
    names.forEach(Lab::remove);
    double millis = time.elapsed().minus(start).toMillis();
    spec.commandLine()
        .getErr()
        .println(String.format(Locale.ROOT, "Nothing is left after %.1f s.", millis / 1000));
    return 0;
  }
}
