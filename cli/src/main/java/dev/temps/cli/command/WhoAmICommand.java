package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.contract.api.WhoAmI;
import picocli.CommandLine.Command;

/** {@code temps whoami}. */
@Command(
    name = "whoami",
    description = "Shows who you are to the control plane and what you may do.",
    footer = {"  temps whoami", "  temps whoami --context production --json"})
public final class WhoAmICommand extends ApiCommand {
  /** Speaks to the given outside. */
  public WhoAmICommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    WhoAmI me = api.whoAmI();
    if (json) {
      return json(me);
    }
    String held = me.projects().isEmpty() ? "" : " in " + String.join(", ", me.projects());
    io.out().println(me.name() + ", " + me.role() + held + " of cluster " + me.cluster());
    return DONE;
  }
}
