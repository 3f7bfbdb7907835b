package dev.temps.lab.command;

import dev.temps.kit.Problem;
import dev.temps.kit.Time;
import dev.temps.lab.Lab;
import dev.temps.lab.demo.Demo;
import dev.temps.lab.demo.Outcome;
import dev.temps.lab.demo.Screen;
import dev.temps.lab.product.ProductFile;
import dev.temps.lab.product.ProductState;
import dev.temps.lab.product.Words;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code temps lab demo}. */
@Command(
    name = "demo",
    description = "Pulls the plug of a machine under load and shows what users notice.",
    footer = {
      "",
      "Exit code 1 when a request failed or the lab did not heal.",
      "",
      "Examples:",
      "  temps lab demo",
      "  temps lab demo --node node-2 --seconds 60"
    })
final class DemoCommand implements Callable<Integer> {
  private static final int SECONDS_MAX = 3600;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NameOption name = new NameOption();

  @Option(
      names = "--node",
      paramLabel = "NODE",
      description = "Whose plug; without, a machine that holds a replica.")
  private @Nullable String node;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long it has no power (${DEFAULT-VALUE}).")
  private int seconds = 35;

  @Option(names = "--json", description = "The outcome, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    if (seconds < 1 || seconds > SECONDS_MAX) {
      throw Problem.invalid("seconds", seconds + " is too few or too many.", "Say 1 to 3600.")
          .raise();
    }
    Lab lab = Lab.open(name.name());
    requireProduct(lab);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Screen screen = !json && terminal() ? Screen.live(out) : Screen.plain(json ? err : out);
    Demo demo = new Demo(lab, screen, Time.system());
    try (Interruption _ = new Interruption(() -> remind(lab, err))) {
      Outcome outcome =
          demo.run(
              node,
              Duration.ofSeconds(seconds),
              line -> {
                err.println(line + "\n");
                err.flush();
              });
      out.println(json ? outcome.json() : "\n" + outcome.text());
      out.flush();
      return outcome.good() ? 0 : 1;
    }
  }

  private static void requireProduct(Lab lab) {
    switch (new ProductFile(lab.directory()).read()) {
      case ProductState.Complete(_) -> {}
      case ProductState.Untouched(), ProductState.Lost(), ProductState.Serving(_) ->
          throw Problem.conflict(
                  "lab-demo",
                  "There is no app in this lab to send requests to.",
                  "Temps is not, or not wholly, set up on its machines.",
                  "Run: " + Words.lab(lab, "up") + ".")
              .raise();
    }
  }

  /** What an interrupted demo leaves. */
  private static void remind(Lab lab, PrintWriter err) {
    lab.machines().stream()
        .filter(machine -> !machine.on())
        .forEach(machine ->
            err.println(
                "\n%s has no power. Give it back: %s %s"
                    .formatted(machine.name(), Words.lab(lab, "power-on"), machine.name())));
    err.flush();
  }

  private static boolean terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
