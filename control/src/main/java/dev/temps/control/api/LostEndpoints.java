package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.post;

import dev.temps.contract.api.LostNode;
import dev.temps.contract.api.LostPlan;
import dev.temps.contract.api.LostRequest;
import dev.temps.control.access.Role;
import dev.temps.control.deployment.AppState;
import dev.temps.control.node.Losses;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStatus;
import java.util.List;

/** Machines a person declares lost: first the plan, then the deed. */
final class LostEndpoints {
  private final ApiParts parts;
  private final Losses losses;

  LostEndpoints(ApiParts parts) {
    this.parts = parts;
    this.losses = new Losses(parts.nodes(), parts.monitor(), parts.database(), parts.audit());
  }

  List<Endpoint> all() {
    return List.of(post("/api/v1/nodes/declare-lost", Role.operator, this::declareLost));
  }

  private void declareLost(Call call) {
    LostRequest body = call.body(LostRequest.class);
    List<Node> lost = losses.declarable(body.nodes());
    String brake = parts.monitor().brake().orElse("");
    List<LostNode> plan = lost.stream().map(this::planned).toList();
    boolean confirmed = Boolean.TRUE.equals(body.confirm());
    if (confirmed) {
      losses.declare(call.actor(), lost);
      parts.changes().nodesChanged();
    }
    call.send(new LostPlan(confirmed, brake, plan));
  }

  private LostNode planned(Node node) {
    NodeStatus status = parts.monitor().status(node);
    List<String> replicas = replicas(node);
    String consequence =
        replicas.isEmpty()
            ? "It counts as down at once; nothing is placed there."
            : "It counts as down at once and its replicas as gone: what can run elsewhere does. If"
                + " the machine lives on cut off, they run twice until it is heard again.";
    return new LostNode(
        node.name(), status.liveness().name(), status.livenessReason(), replicas, consequence);
  }

  private List<String> replicas(Node node) {
    List<AppState> states =
        parts.database().read(handle -> parts.states().all(handle, parts.time().millis()));
    return states.stream()
        .flatMap(state ->
            state.releases().stream()
                .flatMap(release -> release.replicas().stream())
                .filter(replica -> replica.nodeId().equals(node.id()))
                .map(replica -> replica.name(state.app().app())))
        .sorted()
        .toList();
  }
}
