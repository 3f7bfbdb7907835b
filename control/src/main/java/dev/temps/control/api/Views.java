package dev.temps.control.api;

import dev.temps.contract.api.AppView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.DeploymentView;
import dev.temps.contract.api.NodeView;
import dev.temps.contract.api.StatusView;
import dev.temps.control.deployment.AppState;
import dev.temps.control.deployment.Deployment;
import dev.temps.control.deployment.DeploymentStore;
import dev.temps.control.deployment.Release;
import dev.temps.control.deployment.Replica;
import dev.temps.control.deployment.ReplicaStore;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Shows rooms as the API's records, from one snapshot of the store each. Thread-safe. */
final class Views {
  private static final int RELEASES_SHOWN = 50;

  private final ApiParts parts;
  private final AppViews appViews;
  private final NodeViews nodeViews;

  Views(ApiParts parts) {
    this.parts = parts;
    this.appViews = new AppViews(parts.routes());
    this.nodeViews = new NodeViews(parts.monitor());
  }

  private List<AppState> states(Handle handle) {
    return parts.states().all(handle, parts.time().millis());
  }

  /** All apps by name. */
  List<AppView> apps() {
    return parts
        .database()
        .read(handle ->
            states(handle).stream().map(s -> appViews.app(s, newest(handle, s.app()))).toList());
  }

  /** One app by name or id. */
  AppView app(String nameOrId) {
    return parts
        .database()
        .read(handle -> {
          AppState state = state(handle, ProjectStore.get(handle, nameOrId));
          return appViews.app(state, newest(handle, state.app()));
        });
  }

  private AppState state(Handle handle, Environment app) {
    return states(handle).stream()
        .filter(s -> s.app().id().equals(app.id()))
        .findFirst()
        .orElseThrow();
  }

  private static @Nullable Deployment newest(Handle handle, Environment app) {
    return DeploymentStore.list(handle, app.id(), 1).stream().findFirst().orElse(null);
  }

  /** One release by id, of a removed app too. */
  DeploymentView deployment(String id) {
    return parts
        .database()
        .read(handle ->
            DeploymentStore.find(handle, id)
                .map(found -> deployment(handle, found, states(handle)))
                .orElseThrow(() ->
                    Problem.of(
                            "no-such-deployment",
                            404,
                            "There is no such deployment.",
                            "No deployment has the id " + Text.quoted(id) + ".",
                            "List them with: temps deployment list")
                        .raise()));
  }

  private DeploymentView deployment(Handle handle, Deployment deployment, List<AppState> states) {
    Environment app = ProjectStore.byId(handle, deployment.environmentId()).orElseThrow();
    AppState state =
        states.stream().filter(s -> s.app().id().equals(app.id())).findFirst().orElse(null);
    return appViews.deployment(app, deployment, state);
  }

  /** Releases, newest first; of one app when it is named. */
  List<DeploymentView> deployments(@Nullable String nameOrId) {
    return parts
        .database()
        .read(handle -> {
          String appId = nameOrId == null ? null : ProjectStore.get(handle, nameOrId).id();
          List<AppState> states = states(handle);
          return DeploymentStore.list(handle, appId, RELEASES_SHOWN).stream()
              .map(one -> deployment(handle, one, states))
              .toList();
        });
  }

  /** Replicas of living apps, those on their way out included. */
  List<ContainerView> containers(@Nullable String nameOrId, @Nullable String nodeId) {
    return parts
        .database()
        .read(handle -> {
          String appId = nameOrId == null ? null : ProjectStore.get(handle, nameOrId).id();
          List<ContainerView> views = new ArrayList<>();
          for (AppState state : states(handle)) {
            if (appId == null || state.app().id().equals(appId)) {
              for (Release release : state.releases()) {
                release.replicas().stream()
                    .filter(r -> nodeId == null || r.nodeId().equals(nodeId))
                    .map(r -> appViews.container(state, release.deployment(), r))
                    .forEach(views::add);
              }
            }
          }
          return views;
        });
  }

  /** All nodes by name. */
  List<NodeView> nodes() {
    List<Replica> placed = parts.database().read(ReplicaStore::living);
    return parts.nodes().list().stream().map(node -> nodeViews.node(node, placed)).toList();
  }

  /** One node by name or id. */
  NodeView node(String nameOrId) {
    Node node = parts.nodes().find(nameOrId);
    return nodeViews.node(node, parts.database().read(h -> ReplicaStore.onNode(h, node.id())));
  }

  /** The cluster in one look. */
  StatusView status() {
    List<NodeView> nodes = nodes();
    List<AppView> apps = apps();
    List<String> problems = new ArrayList<>();
    if (parts.backup().supersession().replaced()) {
      problems.add(parts.backup().supersession().problem().line());
    }
    problems.addAll(parts.backup().rounds().problems());
    nodes.forEach(node -> problems.addAll(NodeViews.problems(node)));
    apps.forEach(app -> problems.addAll(AppViews.problems(app)));
    return new StatusView(
        parts.cluster().id(),
        parts.cluster().version(),
        parts.cluster().domain(),
        parts.cluster().urls(),
        nodes.size(),
        Math.toIntExact(
            nodes.stream().filter(n -> n.liveness().equals(Liveness.ready.name())).count()),
        apps.size(),
        apps.stream().mapToInt(AppView::replicas).sum(),
        apps.stream().mapToInt(AppView::healthy).sum(),
        problems);
  }
}
