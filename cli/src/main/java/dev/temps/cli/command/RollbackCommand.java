package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.cli.input.Segment;
import dev.temps.contract.api.DeploymentView;
import dev.temps.contract.api.RollbackRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code temps rollback APP}. */
@Command(
    name = "rollback",
    description = "Goes back to an old release: its image, settings and variables, nothing built.",
    footer = {"  temps rollback web", "  temps rollback web --to 4"})
public final class RollbackCommand extends ReleaseCommand {
  private static final int RELEASE_MAX = 999_999_999;

  @Parameters(paramLabel = "APP", description = "Name of the app.")
  private String app = "";

  @Option(
      names = "--to",
      paramLabel = "NUMBER",
      description = "Release to go back to; the one that served before without.")
  private @Nullable String to;

  /** Speaks to the given outside. */
  public RollbackCommand(Io io) {
    super(io);
  }

  @Override
  int run(Api api) throws InterruptedException {
    String name = Segment.of("app", app);
    Integer number = to == null ? null : Amounts.whole("release", to, 1, RELEASE_MAX);
    limit();
    DeploymentView made = api.rollBack(name, new RollbackRequest(number));
    io.progress("Back to release %d, %s.".formatted(made.rollbackOf(), made.image()));
    return follow(api, made);
  }
}
