package dev.temps.bench.scale;

import dev.temps.bench.scale.Fleets.Site;
import dev.temps.contract.json.Json;
import dev.temps.control.deployment.ReleaseSettings;
import dev.temps.control.deployment.Variables;
import dev.temps.control.node.MeshNumbers;
import dev.temps.control.secret.Sealer;
import dev.temps.kit.Ids;
import dev.temps.kit.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Apps, written straight into the store as deployments would have left them: a project each, either
 * serving with all their replicas, or waiting for room with none. Not thread-safe.
 */
final class Crowd implements AutoCloseable {
  static final String IMAGE = "web:1";
  static final String DIGEST = "sha256:" + "01".repeat(32);
  private static final int BATCH = 1_000;

  private final Ids ids;
  private final Sealer sealer;
  private final long now;
  private final List<PreparedBatch> batches = new ArrayList<>();
  private final PreparedBatch projects;
  private final PreparedBatch environments;
  private final PreparedBatch releases;
  private final PreparedBatch replicas;
  private final PreparedBatch addresses;
  private final PreparedBatch services;
  private final PreparedBatch operations;
  private final Map<String, List<String>> placed = new HashMap<>();

  Crowd(Handle handle, Ids ids, Sealer sealer, long now) {
    this.ids = ids;
    this.sealer = sealer;
    this.now = now;
    this.projects =
        batch(handle, "INSERT INTO projects (id, name, created_at) VALUES (:id, :app, :now)");
    this.environments =
        batch(
            handle,
            """
            INSERT INTO environments (id, project_id, name, app, desired, replicas,
              restart_generation, next_number, created_at, version)
            VALUES (:id, :project, 'production', :app, 'running', :replicas, 0, 2, :now, 1)
            """);
    this.releases =
        batch(
            handle,
            """
            INSERT INTO deployments (id, environment_id, number, image, digest, settings,
              env_sealed, state, reason, created_by, created_at, finished_at, served_at,
              switched_at, routed_at, version)
            VALUES (:id, :app, 1, :image, :digest, :settings, :sealed, :state, :reason, 'anna',
              :now, :served, :served, :served, :served, 1)
            """);
    this.replicas =
        batch(
            handle,
            """
            INSERT INTO deployment_containers (id, deployment_id, node_id, ordinal, address,
              desired, restart_generation, cpu_millis, memory_bytes, placed_because, created_at,
              observed_state, observed_health, observed_restarts, observed_generation,
              observed_started_at, observed_at)
            VALUES (:id, :release, :node, :ordinal, :address, 'running', 0, :cpu, :memory,
              'most room of all that fit', :now, 'running', 'healthy', 0, 0, :now, :now)
            """);
    this.addresses =
        batch(
            handle,
            """
            INSERT INTO addresses (address, node_id, owner_id, project_id, assigned_at)
            VALUES (:address, :node, :id, :project, :now)
            """);
    this.services =
        batch(
            handle,
            """
            INSERT INTO service_addresses (address, environment_id, assigned_at)
            VALUES (:address, :app, :now)
            """);
    this.operations =
        batch(
            handle,
            """
            INSERT INTO operations (id, kind, subject, subject_name, state, step, done, total,
              created_by, created_at, updated_at)
            VALUES (:id, 'rollout', :release, :app, 'running', :step, 0, 1, 'anna', :now, :now)
            """);
  }

  private PreparedBatch batch(Handle handle, String sql) {
    PreparedBatch batch = handle.prepareBatch(sql);
    batches.add(batch);
    return batch;
  }

  /** An app that serves with a replica on each of those nodes. */
  void serving(String app, int number, List<Site> on, long cpuMillis, long memoryBytes) {
    String project = app(app, on.size());
    String release = release(app, cpuMillis, memoryBytes, "serving", "all is well");
    service(app, number);
    for (int i = 0; i < on.size(); i++) {
      Site site = on.get(i);
      String id = ids.next("c");
      List<String> there = placed.computeIfAbsent(site.id(), _ -> new ArrayList<>());
      String address =
          MeshNumbers.inSubnet(site.index(), MeshNumbers.FIRST_CONTAINER + there.size());
      there.add(id);
      replicas
          .bind("id", id)
          .bind("release", release)
          .bind("node", site.id())
          .bind("ordinal", i + 1)
          .bind("address", address)
          .bind("cpu", cpuMillis)
          .bind("memory", memoryBytes)
          .bind("now", now)
          .add();
      addresses
          .bind("id", id)
          .bind("address", address)
          .bind("node", site.id())
          .bind("project", project)
          .bind("now", now)
          .add();
    }
    flush(BATCH);
  }

  /**
   * An app whose first release waits for room.
   *
   * @param reason what people have been told of it
   */
  void waiting(String app, int number, long cpuMillis, long memoryBytes, String reason) {
    app(app, 1);
    String release = release(app, cpuMillis, memoryBytes, "starting", reason);
    service(app, number);
    operations
        .bind("id", ids.next("op"))
        .bind("release", release)
        .bind("app", app)
        .bind("step", "release 1: " + reason)
        .bind("now", now)
        .add();
    flush(BATCH);
  }

  private String app(String app, int count) {
    String project = ids.next("p");
    projects.bind("id", project).bind("app", app).bind("now", now).add();
    environments
        .bind("id", "e-" + app)
        .bind("project", project)
        .bind("app", app)
        .bind("replicas", count)
        .bind("now", now)
        .add();
    return project;
  }

  private String release(
      String app, long cpuMillis, long memoryBytes, String state, String reason) {
    String id = ids.next("d");
    Long served = state.equals("serving") ? Long.valueOf(now) : null;
    Variables variables = new Variables(Map.of("GREETING", "hello"), List.of());
    releases
        .bind("id", id)
        .bind("app", "e-" + app)
        .bind("image", IMAGE)
        .bind("digest", DIGEST)
        .bind("settings", Json.write(settings(cpuMillis, memoryBytes)))
        .bind("sealed", sealer.seal("env/" + id, new Secret(Json.write(variables))))
        .bind("state", state)
        .bind("reason", reason)
        .bind("served", served)
        .bind("now", now)
        .add();
    return id;
  }

  private void service(String app, int number) {
    services
        .bind("address", MeshNumbers.serviceAddress(number))
        .bind("app", "e-" + app)
        .bind("now", now)
        .add();
  }

  private static ReleaseSettings settings(long cpuMillis, long memoryBytes) {
    return new ReleaseSettings(
        List.of("amd64"),
        null,
        null,
        Map.of(),
        Map.of(),
        null,
        cpuMillis,
        memoryBytes,
        8080,
        "/healthz",
        "docker.io",
        null,
        null,
        null,
        null,
        null);
  }

  private void flush(int from) {
    if (projects.size() >= from) {
      batches.stream().filter(b -> b.size() > 0).forEach(PreparedBatch::execute);
    }
  }

  /** Ids of the containers of each node, by its id. */
  Map<String, List<String>> placed() {
    return placed;
  }

  @Override
  public void close() {
    flush(1);
    batches.forEach(PreparedBatch::close);
  }
}
