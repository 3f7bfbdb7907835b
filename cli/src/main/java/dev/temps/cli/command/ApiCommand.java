package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.api.Transport;
import dev.temps.cli.context.Context;
import dev.temps.cli.context.Contexts;
import dev.temps.cli.output.Style;
import dev.temps.cli.output.Table;
import dev.temps.contract.json.Json;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that asks a control plane: the options and the manners all of them share. */
abstract class ApiCommand implements Callable<Integer> {
  static final int DONE = 0;
  static final int FAILED = 1;
  private static final int LAST = 90; // In the help: after what the command is about.

  final Io io;

  @Option(
      names = "--json",
      order = LAST,
      description = "Print JSON; its members stay the same over versions.")
  boolean json;

  @Option(
      names = "--context",
      order = LAST,
      paramLabel = "NAME",
      description = "Talk to this context's control plane instead of the current one's.")
  @Nullable String context;

  ApiCommand(Io io) {
    this.io = io;
  }

  /** Does it; returns the exit code. */
  abstract int run(Api api) throws Exception;

  @Override
  public final Integer call() throws Exception {
    Contexts contexts = new Contexts(io);
    Context used = contexts.resolve(context);
    try (Transport transport = new Transport(used, io.time())) {
      int exit = run(new Api(transport));
      Optional<X509Certificate> successor = transport.successor();
      if (successor.isPresent() && contexts.renew(used, successor.get())) {
        io.progress("The cluster has a new CA; context " + used.name() + " goes by it now.");
      }
      return exit;
    }
  }

  /** Prints one record as JSON. */
  final <T> int json(T value) {
    io.out().println(Json.write(value));
    return DONE;
  }

  /** Prints records as JSON. */
  final <T> int json(Class<T> type, List<T> values) {
    io.out().println(Json.writeList(type, values));
    return DONE;
  }

  /** Prints a table. */
  final int show(Table table) {
    table.print(io.out(), style());
    return DONE;
  }

  final Style style() {
    return new Style(io.colour());
  }
}
