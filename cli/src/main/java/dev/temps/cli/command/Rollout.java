package dev.temps.cli.command;

import dev.temps.cli.Io;
import dev.temps.cli.api.Api;
import dev.temps.cli.output.Printable;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.DeploymentView;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Watches a release until it serves or has failed, and says what changes meanwhile. */
final class Rollout {
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Io io;
  private final Api api;
  private final Duration limit;
  private final Map<String, String> shown = new HashMap<>();
  private boolean switching;

  Rollout(Io io, Api api, Duration limit) {
    this.io = io;
    this.api = api;
    this.limit = limit;
  }

  /** Returns the release once it serves; throws when it won't, or not in time. */
  DeploymentView await(DeploymentView first) throws InterruptedException {
    Duration end = io.time().elapsed().plus(limit);
    DeploymentView now = first;
    while (true) {
      changes(now).forEach(io::progress);
      if (now.state().equals("switching") && !switching) {
        switching = true;
        io.progress("  All can serve; every ingress takes the new routes.");
      }
      switch (now.state()) {
        case "serving" -> {
          io.progress("Serving: %d of %d healthy.".formatted(now.healthy(), now.replicas()));
          return now;
        }
        case "failed", "cancelled", "superseded", "rolled_back", "stopped" -> throw ended(now);
        default -> io.time().pause(PAUSE);
      }
      if (io.time().elapsed().compareTo(end) > 0) {
        throw late(now);
      }
      now = again(now);
    }
  }

  /** The rollout goes on without the control plane for a while, and so does the wait. */
  private DeploymentView again(DeploymentView last) throws InterruptedException {
    try {
      return api.deployment(last.id());
    } catch (ProblemException e) {
      if (e.problem().status() != 503) {
        throw e;
      }
      return last;
    }
  }

  /** What is new since the last look, a line for each replica that changed. */
  List<String> changes(DeploymentView release) {
    List<String> lines = new ArrayList<>();
    if (release.state().equals("starting") && release.reason() != null) {
      String why = Printable.line("  " + release.reason());
      if (!why.equals(shown.put(release.id(), why))) {
        lines.add("  " + why);
      }
    }
    for (ContainerView c : release.containers()) {
      String reason = c.reason() == null ? "" : ": " + c.reason();
      String health = c.health().equals("unknown") ? "" : ", " + c.health();
      String line =
          Printable.line(
              "  %s on %s: %s".formatted(c.name(), c.node(), c.state() + health + reason));
      if (!line.equals(shown.put(c.id(), line))) {
        lines.add("  " + line);
      }
    }
    return lines;
  }

  private static ProblemException ended(DeploymentView release) {
    String why = release.reason() == null ? "" : release.reason();
    return Problem.of(
            "release-" + release.state(),
            409,
            "Release %d of %s %s."
                .formatted(release.number(), release.app(), words(release.state())),
            why.lines().map(Printable::output).collect(Collectors.joining("\n  ")),
            "See: temps logs " + release.app() + ", temps deployment show " + release.id())
        .raise();
  }

  private static String words(String state) {
    return switch (state) {
      case "failed" -> "failed";
      case "rolled_back" -> "was rolled back";
      default -> "was " + state;
    };
  }

  private ProblemException late(DeploymentView release) {
    return Problem.of(
            "release-not-in-time",
            504,
            "Release %d of %s does not serve yet after %d s; it goes on."
                .formatted(release.number(), release.app(), limit.toSeconds()),
            "%d of %d replicas are healthy%s."
                .formatted(
                    release.healthy(),
                    release.replicas(),
                    release.reason() == null ? "" : "; " + Printable.line(release.reason())),
            "See: temps deployment show " + release.id())
        .raise();
  }
}
