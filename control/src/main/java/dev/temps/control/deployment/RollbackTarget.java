package dev.temps.control.deployment;

import dev.temps.kit.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the release to go back to, or says why there is none. Pure. */
final class RollbackTarget {
  private RollbackTarget() {}

  /**
   * The release to repeat.
   *
   * @param releases all of the app, youngest first
   * @param to its number; null: the youngest that served before the present one and was not rolled
   *     back from, so that two rollbacks in a row go two releases back
   * @throws dev.temps.kit.ProblemException 404 for an unknown number, 409 when it serves already or
   *     nothing served earlier
   */
  static Deployment choose(String app, List<Deployment> releases, @Nullable Integer to) {
    Optional<Deployment> present = releases.stream().filter(d -> !d.state().ended()).findFirst();
    return to == null ? before(app, releases, present) : numbered(app, releases, present, to);
  }

  private static Deployment before(
      String app, List<Deployment> releases, Optional<Deployment> present) {
    int number = present.map(Deployment::number).orElse(Integer.MAX_VALUE);
    Set<Integer> left = new HashSet<>();
    present.ifPresent(d -> left.add(d.original()));
    return releases.stream()
        .filter(d -> d.servedAt() != null && d.number() < number)
        // What became of a release when it served last is what counts.
        .filter(d -> left.add(d.original()) && d.state() != DeploymentState.rolled_back)
        .findFirst()
        .orElseThrow(() ->
            Problem.conflict(
                    "no-earlier-release",
                    "There is no earlier release to go back to.",
                    "No release of "
                        + app
                        + " served before "
                        + present.map(d -> "release " + d.original()).orElse("and can now")
                        + ".",
                    "See: temps deployment list " + app)
                .raise());
  }

  private static Deployment numbered(
      String app, List<Deployment> releases, Optional<Deployment> present, int to) {
    Deployment found =
        releases.stream()
            .filter(d -> d.number() == to)
            .findFirst()
            .orElseThrow(() ->
                Problem.of(
                        "no-such-release",
                        404,
                        "There is no such release.",
                        app + " has no release " + to + range(releases),
                        "List them with: temps deployment list " + app)
                    .raise());
    if (present.filter(d -> d.number() == to).isPresent()) {
      throw Problem.conflict(
              "release-is-present",
              "The app is at this release already.",
              "Release " + to + " of " + app + " is " + found.state() + ".",
              "Choose another number, or restart it with: temps restart " + app)
          .raise();
    }
    return found;
  }

  private static String range(List<Deployment> releases) {
    return releases.isEmpty()
        ? "; it never had one."
        : "; there are "
            + releases.getLast().number()
            + " to "
            + releases.getFirst().number()
            + ".";
  }
}
