package dev.temps.control.api;

import static dev.temps.control.api.Endpoint.delete;
import static dev.temps.control.api.Endpoint.get;
import static dev.temps.control.api.Endpoint.post;

import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.api.AppView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.RollbackRequest;
import dev.temps.contract.api.ScaleRequest;
import dev.temps.control.access.Role;
import dev.temps.control.deployment.AppService;
import dev.temps.control.deployment.Deployment;
import dev.temps.kit.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Apps, their replicas, and wishes about them. */
final class AppEndpoints {
  private static final System.Logger LOG = System.getLogger(AppEndpoints.class.getName());
  private static final String APPS = "/api/v1/apps";
  private static final String APP = APPS + "/{app}";

  private final ApiParts parts;
  private final Views views;
  private final Targets targets;

  AppEndpoints(ApiParts parts, Views views) {
    this.parts = parts;
    this.views = views;
    this.targets = new Targets(parts);
  }

  List<Endpoint> all() {
    return List.of(
        get(APPS, Role.viewer, this::list).filtered(),
        get(APP, Role.viewer, call -> call.send(views.app(call.path("app")))),
        delete(APP, Role.developer, this::remove),
        post(APP + "/scale", Role.developer, this::scale),
        post(APP + "/rollback", Role.developer, this::rollBack),
        post(APP + "/restart", Role.developer, this::restart),
        post(APP + "/stop", Role.developer, this::stop),
        post(APP + "/start", Role.developer, this::start),
        get(APP + "/stats", Role.viewer, this::stats),
        get("/api/v1/containers", Role.viewer, this::containers).filtered());
  }

  private void list(Call call) {
    call.sendList(AppView.class, views.apps(call.grant()));
  }

  private void remove(Call call) {
    parts.apps().remove(call.path("app"), call.actor());
    call.sendNothing();
  }

  private void scale(Call call) {
    int replicas = call.body(ScaleRequest.class).replicas();
    show(call, parts.apps().scale(call.path("app"), replicas, call.actor()));
  }

  private void rollBack(Call call) {
    Integer to = call.body(RollbackRequest.class).to();
    Deployment made = parts.rollbacks().rollBack(call.path("app"), to, call.actor());
    call.sendCreated(views.deployment(made.id(), call.grant()));
  }

  private void restart(Call call) {
    show(call, parts.apps().restart(call.path("app"), call.actor()));
  }

  private void stop(Call call) {
    show(call, parts.apps().stop(call.path("app"), call.actor()));
  }

  private void start(Call call) {
    show(call, parts.apps().start(call.path("app"), call.actor()));
  }

  private void show(Call call, AppService.Wished wished) {
    call.send(views.app(wished.app().id()).withOperation(wished.operation().id()));
  }

  private void containers(Call call) {
    String node = call.query("node");
    String nodeId = node == null ? null : parts.nodes().find(node).id();
    call.sendList(ContainerView.class, views.containers(call.query("app"), nodeId, call.grant()));
  }

  /** All at once: an engine takes a second or two to measure one. */
  private void stats(Call call) {
    List<WorkloadStats> all = new ArrayList<>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<WorkloadStats>>> asked =
          targets.of(call.path("app"), 0).stream()
              .filter(target -> target.member().heard())
              .map(target -> pool.submit(() -> measured(target)))
              .toList();
      for (var one : asked) {
        one.get().ifPresent(all::add);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while nodes measured", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("measuring " + call.path("app"), e);
    }
    call.sendList(WorkloadStats.class, all);
  }

  private Optional<WorkloadStats> measured(Targets.Target target) {
    try {
      WorkloadStats stats = parts.gateway().stats(target.member().agent(), target.replica().id());
      return Optional.of(stats.limitedTo(target.replica().memoryBytes()));
    } catch (ProblemException e) {
      // What can't be measured now is left out; the list of replicas tells why.
      LOG.log(System.Logger.Level.DEBUG, "stats of " + target.name(), e);
      return Optional.empty();
    }
  }
}
