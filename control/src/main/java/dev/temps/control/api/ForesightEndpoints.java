package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.post;

import dev.temps.contract.api.LossMove;
import dev.temps.contract.api.LossOfApp;
import dev.temps.contract.api.LossRequest;
import dev.temps.contract.api.LossView;
import dev.temps.control.access.Role;
import dev.temps.control.deployment.LossPlan;
import dev.temps.control.deployment.LossService;
import java.util.List;

/** Why things are where they are, and what would become of them. Changes nothing. */
final class ForesightEndpoints {
  private final ApiParts parts;
  private final PlacementViews placements;

  ForesightEndpoints(ApiParts parts) {
    this.parts = parts;
    this.placements = new PlacementViews(new AppViews(parts.routes()));
  }

  List<Endpoint> all() {
    return List.of(
        get("/api/v1/apps/{app}/placement", Role.viewer, this::explain),
        post("/api/v1/nodes/simulate-loss", Role.viewer, this::simulate).filtered());
  }

  private void explain(Call call) {
    call.send(placements.view(parts.placements().explain(call.path("app"))));
  }

  private void simulate(Call call) {
    LossRequest body = call.body(LossRequest.class);
    call.send(view(parts.losses().simulate(body.nodes(), call.grant()::reaches)));
  }

  private static LossView view(LossService.Simulated simulated) {
    LossPlan plan = simulated.plan();
    return new LossView(
        plan.nodes(),
        summary(plan),
        plan.decision(),
        plan.notes(),
        plan.apps().stream().map(ForesightEndpoints::view).toList(),
        simulated.untouched());
  }

  private static LossOfApp view(LossPlan.OfApp app) {
    return new LossOfApp(
        app.app(),
        app.outcome().word(),
        app.replicas(),
        app.lost(),
        app.moves().stream().map(m -> new LossMove(m.replica(), m.from(), m.to())).toList(),
        app.detail(),
        app.ways());
  }

  private static String summary(LossPlan plan) {
    String losing = "Losing " + String.join(", ", plan.nodes());
    List<String> taken =
        plan.apps().stream().filter(a -> a.outcome().takes()).map(LossPlan.OfApp::app).toList();
    if (!taken.isEmpty()) {
      return losing + " takes " + String.join(", ", taken) + " with it.";
    }
    List<String> moved =
        plan.apps().stream()
            .filter(a -> a.outcome() == LossPlan.Outcome.MOVES)
            .map(LossPlan.OfApp::app)
            .toList();
    return moved.isEmpty()
        ? losing + " stops no app."
        : losing
            + " stops "
            + String.join(", ", moved)
            + " until "
            + (moved.size() == 1 ? "it has" : "they have")
            + " started elsewhere; no app stays away.";
  }
}
