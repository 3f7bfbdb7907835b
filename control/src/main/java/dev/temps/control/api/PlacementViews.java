package dev.temps.control.api;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.PlacementScore;
import dev.temps.contract.api.PlacementVerdict;
import dev.temps.contract.api.PlacementView;
import dev.temps.control.deployment.AppState;
import dev.temps.control.deployment.PlacementReport;
import dev.temps.control.scheduler.Explanation;
import dev.temps.control.scheduler.Explanation.Verdict;
import java.util.List;

/** Shows why apps are where they are. Thread-safe. */
final class PlacementViews {
  private final AppViews appViews;

  PlacementViews(AppViews appViews) {
    this.appViews = appViews;
  }

  PlacementView view(PlacementReport report) {
    AppState state = report.state();
    List<ContainerView> replicas =
        state.releases().stream()
            .flatMap(release ->
                release.replicas().stream()
                    .map(r -> appViews.container(state, release.deployment(), r)))
            .toList();
    Explanation explanation = report.explanation();
    return new PlacementView(
        state.app().app(),
        summary(report, replicas),
        state.app().replicas(),
        report.refused() == null ? 0 : report.missing(),
        report.refused() == null ? null : report.refused().words(),
        report.refused() == null ? List.of() : report.refused().ways(),
        replicas,
        next(report),
        explanation == null
            ? List.of()
            : explanation.nodes().stream().map(v -> verdict(explanation, v)).toList(),
        report.strategy());
  }

  private static PlacementVerdict verdict(Explanation explanation, Verdict verdict) {
    return new PlacementVerdict(
        verdict.node(),
        verdict.nodeId().equals(explanation.chosen()),
        verdict.fits(),
        verdict.refusals(),
        verdict.scores().stream()
            .map(p -> new PlacementScore(p.name(), p.value(), p.weight()))
            .toList(),
        verdict.total());
  }

  private static String summary(PlacementReport report, List<ContainerView> replicas) {
    String app = report.state().app().app();
    int wanted = report.state().app().replicas();
    if (report.release() == null) {
      return app + " has no release that could run.";
    }
    if (report.state().app().desired() == Desired.stopped) {
      return app + " is stopped; its replicas keep their places.";
    }
    if (report.refused() != null) {
      return app + " waits: there is no place for " + report.missing() + " of " + wanted + ".";
    }
    List<ContainerView> own =
        replicas.stream()
            .filter(r -> report.staying().stream().anyMatch(s -> s.id().equals(r.id())))
            .toList();
    List<ContainerView> unwell = own.stream().filter(r -> !r.health().equals("healthy")).toList();
    String on = on(own.stream().map(ContainerView::node).distinct().sorted().toList());
    if (unwell.isEmpty() && report.missing() == 0) {
      return own.isEmpty()
          ? app + " is scaled to 0."
          : app
              + " runs well: "
              + own.size()
              + " of "
              + Math.max(wanted, own.size())
              + " healthy"
              + on
              + ".";
    }
    if (report.missing() > 0) {
      return app + " is being placed: " + report.missing() + " of " + wanted + " get places now.";
    }
    List<String> words =
        unwell.stream().map(r -> r.name() + " on " + r.node() + " is " + r.state()).toList();
    return app
        + " has its places"
        + on
        + ", but not all is well: "
        + String.join(", ", words)
        + ".";
  }

  private static String on(List<String> nodes) {
    return nodes.isEmpty() ? "" : ", on " + String.join(", ", nodes);
  }

  private static String next(PlacementReport report) {
    Explanation explanation = report.explanation();
    if (explanation == null) {
      return "There is nothing to place.";
    }
    String what =
        report.anew() ? "Its replica, placed anew, would go" : "The next replica would go";
    return explanation.nodes().stream()
        .filter(v -> v.nodeId().equals(explanation.chosen()))
        .findFirst()
        .map(v -> what + " to " + v.node() + ".")
        .orElse(what + " nowhere.");
  }
}
