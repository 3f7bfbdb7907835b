package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.input.Amounts;
import dev.temps.contract.api.DeploymentView;
import java.time.Duration;
import picocli.CommandLine.Option;

/** A command that makes a release and waits until it serves, unless told not to. */
abstract class ReleaseCommand extends ApiCommand {
  private static final int LATE = 80; // In the help: after what the release is about.

  @Option(names = "--detach", order = LATE, description = "Don't wait until it serves.")
  private boolean detach;

  @Option(
      names = "--timeout",
      order = LATE,
      paramLabel = "TIME",
      description = "How long to wait; the rollout goes on after it. 10m without.")
  private String timeout = "10m";

  ReleaseCommand(Io io) {
    super(io);
  }

  /** How long to wait; call it before anything is asked for, so that a bad one changes nothing. */
  final Duration limit() {
    return Amounts.duration("timeout", timeout);
  }

  /** Says what goes on until the release serves; the release as it is then. */
  final DeploymentView await(Api api, DeploymentView made) throws InterruptedException {
    io.progress("Release %d of %s:".formatted(made.number(), made.app()));
    return detach ? made : new Rollout(io, api, limit()).await(made);
  }

  /** Says what goes on until the release serves, then shows it. */
  final int follow(Api api, DeploymentView made) throws InterruptedException {
    DeploymentView release = await(api, made);
    if (json) {
      json(release);
    } else {
      release.urls().forEach(io.out()::println);
    }
    return detach || release.state().equals("serving") ? DONE : FAILED;
  }
}
