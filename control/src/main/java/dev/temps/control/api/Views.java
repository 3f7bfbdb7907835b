package dev.temps.control.api;

import dev.temps.contract.api.AppView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.DeploymentView;
import dev.temps.contract.api.LossTolerance;
import dev.temps.contract.api.NodeView;
import dev.temps.contract.api.StatusView;
import dev.temps.control.access.Grant;
import dev.temps.control.deployment.AppState;
import dev.temps.control.deployment.Deployment;
import dev.temps.control.deployment.DeploymentStore;
import dev.temps.control.deployment.Release;
import dev.temps.control.deployment.Replica;
import dev.temps.control.deployment.ReplicaStore;
import dev.temps.control.deployment.Tolerance;
import dev.temps.control.mesh.ServiceAddresses;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.Node;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

  private List<AppState> states(Handle handle, Grant seen) {
    return states(handle).stream().filter(s -> seen.reaches(s.app().project())).toList();
  }

  /** All apps somebody may see, by name. */
  List<AppView> apps(Grant seen) {
    return parts
        .database()
        .read(handle -> {
          Map<String, String> addresses = ServiceAddresses.all(handle);
          return states(handle, seen).stream()
              .map(s -> appViews.app(s, newest(handle, s.app()), addresses.get(s.app().id())))
              .toList();
        });
  }

  /** One app by name or id. */
  AppView app(String nameOrId) {
    return parts
        .database()
        .read(handle -> {
          AppState state = state(handle, ProjectStore.get(handle, nameOrId));
          String address = ServiceAddresses.all(handle).get(state.app().id());
          return appViews.app(state, newest(handle, state.app()), address);
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

  /** One release by id, of a removed app too; one that {@code seen} can't see is not there. */
  DeploymentView deployment(String id, Grant seen) {
    return parts
        .database()
        .read(handle ->
            DeploymentStore.find(handle, id)
                .filter(d -> seen.reaches(app(handle, d).project()))
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
    Environment app = app(handle, deployment);
    AppState state =
        states.stream().filter(s -> s.app().id().equals(app.id())).findFirst().orElse(null);
    return appViews.deployment(app, deployment, state);
  }

  private static Environment app(Handle handle, Deployment deployment) {
    return ProjectStore.byId(handle, deployment.environmentId()).orElseThrow();
  }

  /** Releases, newest first; of one app when it is named. */
  List<DeploymentView> deployments(@Nullable String nameOrId, Grant seen) {
    return parts
        .database()
        .read(handle -> {
          String appId = nameOrId == null ? null : ProjectStore.get(handle, nameOrId).id();
          List<AppState> states = states(handle);
          List<Deployment> found =
              seen.everywhere() || appId != null
                  ? DeploymentStore.list(handle, appId, RELEASES_SHOWN)
                  : ofProjects(handle, seen);
          return found.stream().map(one -> deployment(handle, one, states)).toList();
        });
  }

  private static List<Deployment> ofProjects(Handle handle, Grant seen) {
    return ProjectStore.ofProjects(handle, seen.projects()).stream()
        .flatMap(app -> DeploymentStore.list(handle, app.id(), RELEASES_SHOWN).stream())
        .sorted(Comparator.comparingLong(Deployment::createdAt).reversed())
        .limit(RELEASES_SHOWN)
        .toList();
  }

  /** Replicas of living apps, those on their way out included. */
  List<ContainerView> containers(@Nullable String nameOrId, @Nullable String nodeId, Grant seen) {
    return parts
        .database()
        .read(handle -> {
          String appId = nameOrId == null ? null : ProjectStore.get(handle, nameOrId).id();
          List<ContainerView> views = new ArrayList<>();
          for (AppState state : states(handle, seen)) {
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

  /** The cluster in one look, with the apps somebody may see. */
  StatusView status(Grant seen) {
    List<NodeView> nodes = nodes();
    List<AppView> apps = apps(seen);
    List<String> problems = new ArrayList<>();
    parts.monitor().brake().ifPresent(problems::add);
    if (parts.backup().supersession().replaced()) {
      problems.add(parts.backup().supersession().problem().line());
    }
    problems.addAll(parts.backup().rounds().problems());
    nodes.forEach(node -> problems.addAll(NodeViews.problems(node)));
    problems.addAll(NodeViews.otherVersions(nodes, parts.cluster().version()));
    apps.forEach(app -> problems.addAll(AppViews.problems(app)));
    return new StatusView(
        parts.cluster().id(),
        parts.cluster().version(),
        parts.cluster().domain(),
        parts.cluster().urls(),
        parts.database().read(parts.console()::url),
        nodes.size(),
        Math.toIntExact(
            nodes.stream().filter(n -> n.liveness().equals(Liveness.ready.name())).count()),
        apps.size(),
        apps.stream().mapToInt(AppView::replicas).sum(),
        apps.stream().mapToInt(AppView::healthy).sum(),
        problems,
        tolerance(seen));
  }

  private LossTolerance tolerance(Grant seen) {
    Tolerance tolerance = parts.losses().tolerance(seen::reaches);
    return new LossTolerance(tolerance.machines(), tolerance.sentences());
  }
}
