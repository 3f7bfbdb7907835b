package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.delete;
import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.patch;
import static dev.temps.control.api.Endpoint.post;

import dev.temps.contract.api.DrainRequest;
import dev.temps.contract.api.NodePatch;
import dev.temps.contract.api.NodeView;
import dev.temps.contract.api.RemovalView;
import dev.temps.contract.api.TokenCreated;
import dev.temps.contract.api.TokenRequest;
import dev.temps.contract.api.TokenView;
import dev.temps.control.access.Role;
import dev.temps.control.deployment.Evictions;
import dev.temps.control.node.Invitation;
import dev.temps.control.node.Invitations;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import dev.temps.control.operation.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Nodes, and invitations for new ones. */
final class NodeEndpoints {
  private static final String NODES = "/api/v1/nodes";
  private static final String NODE = NODES + "/{node}";
  private static final String TOKENS = "/api/v1/node-tokens";
  private static final long TTL_SECONDS_MAX = Long.MAX_VALUE / 1_000_000_000; // as a Duration

  private final ApiParts parts;
  private final Views views;

  NodeEndpoints(ApiParts parts, Views views) {
    this.parts = parts;
    this.views = views;
  }

  List<Endpoint> all() {
    return List.of(
        get(NODES, Role.viewer, call -> call.sendList(NodeView.class, views.nodes())).filtered(),
        get(NODE, Role.viewer, call -> call.send(views.node(call.path("node")))).filtered(),
        patch(NODE, Role.operator, this::change),
        delete(NODE, Role.operator, this::remove),
        get(NODE + "/removal", Role.operator, this::removal),
        post(NODE + "/drain", Role.operator, this::drain),
        post(NODE + "/undrain", Role.operator, this::undrain),
        get(TOKENS, Role.operator, this::tokens),
        post(TOKENS, Role.operator, this::invite),
        delete(TOKENS + "/{id}", Role.operator, this::revoke));
  }

  private void change(Call call) {
    NodePatch body = call.body(NodePatch.class);
    Node node =
        parts
            .nodes()
            .patch(
                call.actor(), call.path("node"), body.availability(), body.labels(), body.taints());
    parts.changes().nodesChanged();
    call.send(views.node(node.id()));
  }

  private void remove(Call call) {
    parts.removal().remove(call.path("node"), call.flag("force"), call.actor());
    call.sendNothing();
  }

  private void removal(Call call) {
    String node = call.path("node");
    List<String> names =
        parts.removal().plan(node).stream().map(Evictions.Resident::name).sorted().toList();
    call.send(
        new RemovalView(parts.nodes().find(node).name(), names, parts.removal().volumes(node)));
  }

  private void drain(Call call) {
    DrainRequest body = call.body(DrainRequest.class);
    Operation operation =
        parts.drains().drain(call.path("node"), body.deadlineSeconds(), call.actor());
    call.sendCreated(OperationEndpoints.view(operation));
  }

  private void undrain(Call call) {
    Node node = parts.drains().undrain(call.path("node"), call.actor());
    call.send(views.node(node.id()));
  }

  private void tokens(Call call) {
    long now = parts.time().millis();
    List<TokenView> all = parts.invitations().list().stream().map(one -> view(one, now)).toList();
    call.sendList(TokenView.class, all);
  }

  private TokenView view(Invitation one, long now) {
    String usedNode = one.usedNode();
    String usedBy =
        usedNode == null
            ? null
            : parts
                .database()
                .read(h -> NodeStore.byId(h, usedNode))
                .map(Node::name)
                .orElse(usedNode);
    return new TokenView(
        one.id(),
        one.name(),
        one.labels(),
        one.createdAt(),
        one.expiresAt(),
        one.state(now).name(),
        usedBy);
  }

  private void invite(Call call) {
    TokenRequest body = call.body(TokenRequest.class);
    Long seconds = body.ttlSeconds();
    Duration ttl =
        seconds == null
            ? null
            : Duration.ofSeconds(Math.clamp(seconds, -TTL_SECONDS_MAX, TTL_SECONDS_MAX));
    Invitations.Created made =
        parts
            .invitations()
            .create(
                call.actor(), ttl, body.name(), body.labels() == null ? Map.of() : body.labels());
    call.sendCreated(
        new TokenCreated(
            made.id(),
            made.token().text().reveal(),
            parts.cluster().joinLine().apply(made.token().text()).reveal(),
            made.expiresAtMillis()));
  }

  private void revoke(Call call) {
    parts.invitations().revoke(call.actor(), call.path("id"));
    call.sendNothing();
  }
}
