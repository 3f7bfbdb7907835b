package dev.temps.control.deployment;

import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.event.Event;
import dev.temps.control.event.EventStore;
import dev.temps.control.image.Registries;
import dev.temps.control.ingress.AppRoutes;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.node.Liveness;
import dev.temps.control.node.MeshNumbers;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.Database;
import dev.temps.control.workload.testing.FakeAgentGateway;
import dev.temps.kit.Ids;
import dev.temps.kit.testing.FakeTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Rooms of the control plane over a real store, with agents that only exist here: they run what the
 * store says they should and report it. How an image behaves is said with {@link #behave}.
 */
public final class TestCluster implements Fleet {
  /** What a container of an image does once it runs. */
  public enum Behaviour {
    WELL,
    DEAF,
    CRASHES,
    UNPULLABLE,
    SLOW
  }

  public static final Actor ANNA = new Actor("anna", "203.0.113.7");
  public static final String DIGEST = "sha256:" + "0a".repeat(32);

  public final FakeTime time = new FakeTime();
  public final FakeAgentGateway gateway = new FakeAgentGateway();
  public final Ids ids = new Ids(new Random(7));
  public final EventStore events = new EventStore(ids);
  public final Vault vault;
  public final Registries registries;
  public final DeploymentParts parts;
  public final DeployService deployer;
  public final RollbackService rollbacks;
  public final VariableService variables;
  public final AppService apps;
  public final VolumeService volumes;
  public final DeploymentReconciler reconciler;
  public final Observations observations;
  public final NodeWorkloads workloads;
  public final AppRoutes routes;
  private final Database database;
  private final Map<String, Liveness> liveness = new HashMap<>();
  private final Map<String, List<Condition>> conditions = new HashMap<>();
  private final Set<String> cutOff = new HashSet<>();
  private final Map<String, Duration> unheard = new HashMap<>();
  private final Map<String, Behaviour> behaviours = new HashMap<>();
  private int nodes;

  /** A cluster without nodes. */
  public TestCluster(Database database, Path folder) {
    this.database = database;
    this.vault =
        Vault.open(folder.resolve("master.key"), database, time, Ids.secure(), null).vault();
    this.registries = new Registries(vault.sealer());
    this.parts =
        new DeploymentParts(
            database,
            this,
            new AddressBook(time),
            vault.sealer(),
            events,
            new AuditLog(time, ids),
            ids,
            time,
            () -> {},
            () -> {});
    this.deployer = new DeployService(parts, registries, gateway);
    this.rollbacks = new RollbackService(parts);
    this.variables = new VariableService(parts);
    this.apps = new AppService(parts);
    this.reconciler = new DeploymentReconciler(parts, gateway);
    this.observations = new Observations(parts);
    this.volumes = new VolumeService(parts);
    this.workloads = new NodeWorkloads(registries, vault.sealer());
    this.routes = new AppRoutes(new AppStates(this), "temps.test");
    gateway.push("web:latest", DIGEST, "amd64");
  }

  @Override
  public List<Member> members(Handle handle) {
    List<Member> members = new ArrayList<>();
    for (Node node : NodeStore.living(handle)) {
      members.add(
          new Member(
              node,
              liveness.getOrDefault(node.id(), Liveness.ready),
              conditions.getOrDefault(node.id(), List.of()),
              cutOff.contains(node.id()),
              unheard.getOrDefault(node.id(), Duration.ZERO)));
    }
    return members;
  }

  /** Adds nodes of two cores and 2 GiB, ready and open. */
  public TestCluster nodes(String... names) {
    for (String name : names) {
      node(name, "amd64", Map.of());
    }
    return this;
  }

  /** Adds a node; its id is {@code n-} and its name. */
  public void node(String name, String arch, Map<String, String> labels) {
    int index = ++nodes;
    HostFacts facts =
        new HostFacts(
            name, "Debian", "6", arch, 2_000, 2L << 30, 1L << 40, "20.10", "kernel", "v1",
            List.of());
    StringBuilder json = new StringBuilder("{");
    new TreeMap<>(labels)
        .forEach((k, v) ->
            json.append(json.length() > 1 ? "," : "").append("\"" + k + "\":\"" + v + "\""));
    database.change(h ->
        h.createUpdate(
                """
                INSERT INTO nodes (id, name, mesh_index, mesh_address, subnet, identity_key,
                  wireguard_key, wireguard_port, endpoints, availability, labels, ingress,
                  control_plane, host_facts, agent_version, contract_version, joined_at, version)
                VALUES (:id, :name, :index, :address, :subnet, :id, :id, 51820, '[]', 'active',
                  :labels, 1, 0, :facts, '0', 1, 0, 0)
                """)
            .bind("id", "n-" + name)
            .bind("name", name)
            .bind("index", index)
            .bind("address", MeshNumbers.nodeAddress(index))
            .bind("subnet", MeshNumbers.subnet(index))
            .bind("labels", json.append("}").toString())
            .bind("facts", Json.write(facts))
            .execute());
  }

  public void cordon(String name) {
    database.change(h ->
        h.createUpdate("UPDATE nodes SET availability = 'cordoned' WHERE name = :name")
            .bind("name", name)
            .execute());
  }

  public void liveness(String name, Liveness is) {
    liveness.put("n-" + name, is);
    gateway.reachable("n-" + name, is == Liveness.ready);
  }

  /** For so long no report of the node was accepted. */
  public void unheard(String name, Duration since) {
    unheard.put("n-" + name, since);
  }

  /** What a node's agent is told to run. */
  public List<WorkloadSpec> told(Database from, String node) {
    return from.read(h -> workloads.on(h, "n-" + node));
  }

  /** From now on the node reaches no other. */
  public void cutOff(String name) {
    cutOff.add("n-" + name);
  }

  public void condition(String name, Condition is) {
    conditions.put("n-" + name, List.of(is));
  }

  /** From now on containers whose image starts with {@code image} behave so. */
  public void behave(String image, Behaviour how) {
    behaviours.put(image, how);
  }

  public static DeployRequest web(int replicas) {
    return request("web", "web", replicas);
  }

  public static DeployRequest request(String project, String image, int replicas) {
    return new DeployRequest(
        project, null, image, replicas, null, null, null, null, null, null, null, null, null, null,
        null, null);
  }

  public Deployment deploy(DeployRequest request) {
    return deployer.deploy(request, ANNA);
  }

  /** Agents report, the reconciler decides, until nothing changes any more; time stands still. */
  public void settle() {
    for (int i = 0; i < 8; i++) {
      report();
      reconciler.step();
    }
  }

  public void advance(Duration by) {
    time.advance(by);
    settle();
  }

  /** Every agent that is heard of reports what it makes of its assignment. */
  public void report() {
    for (Member member : database.read(this::members)) {
      if (member.heard()) {
        String id = member.node().id();
        List<WorkloadSpec> specs = database.read(h -> workloads.on(h, id));
        observations.observed(id, specs.stream().map(this::observed).toList(), Set.of());
      }
    }
  }

  private ObservedWorkload observed(WorkloadSpec spec) {
    if (spec.desired() == Desired.stopped) {
      return seen(spec, ObservedState.stopped, Health.unknown, null, 0);
    }
    Behaviour how =
        behaviours.entrySet().stream()
            .filter(b -> spec.image().startsWith(b.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(Behaviour.WELL);
    return switch (how) {
      case WELL -> seen(spec, ObservedState.running, Health.healthy, null, 0);
      case DEAF -> seen(spec, ObservedState.running, Health.unhealthy, "connection refused", 0);
      case CRASHES -> seen(spec, ObservedState.exited, Health.unknown, "it ended", 3);
      case UNPULLABLE -> seen(spec, ObservedState.failed, Health.unknown, "pull: denied", 0);
      case SLOW -> seen(spec, ObservedState.pulling, Health.unknown, null, 0);
    };
  }

  private static ObservedWorkload seen(
      WorkloadSpec spec,
      ObservedState state,
      Health health,
      @org.jspecify.annotations.Nullable String reason,
      int restarts) {
    return new ObservedWorkload(
        spec.id(),
        state,
        health,
        reason,
        restarts > 0 ? 1 : null,
        restarts,
        spec.restartGeneration(),
        "docker-" + spec.id(),
        state == ObservedState.running ? 1 : 0);
  }

  public Deployment deployment(String id) {
    return database.read(h -> DeploymentStore.find(h, id)).orElseThrow();
  }

  public AppState app(String name) {
    return database.read(h -> new AppStates(this).all(h, time.millis())).stream()
        .filter(s -> s.app().app().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Node names of the replicas that stay, by ordinal, of the release wishes apply to. */
  public List<String> where(String app) {
    return app(app).newest().orElseThrow().staying().stream()
        .map(r -> r.nodeId().substring(2))
        .toList();
  }

  public List<String> backends(String app) {
    Map<String, RouteSpec> all =
        database.read(h -> routes.all(h, time.millis())).stream()
            .collect(Collectors.toMap(RouteSpec::app, Function.identity()));
    RouteSpec route = all.get(app);
    return route == null
        ? List.of()
        : route.backends().stream().map(RouteSpec.Backend::id).toList();
  }

  public List<Replica> living() {
    return database.read(ReplicaStore::living);
  }

  public List<String> told(String kind) {
    return database.read(h -> EventStore.list(h, null, null, 1_000)).stream()
        .filter(e -> e.kind().equals(kind))
        .map(Event::reason)
        .toList();
  }
}
