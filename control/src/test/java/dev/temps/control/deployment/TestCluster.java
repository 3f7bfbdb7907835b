package dev.temps.control.deployment;

import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.Health;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.agent.ObservedState;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.Usage;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.certificate.CertificateService;
import dev.temps.control.event.Event;
import dev.temps.control.event.EventStore;
import dev.temps.control.image.Registries;
import dev.temps.control.ingress.AppRoutes;
import dev.temps.control.mesh.AddressBook;
import dev.temps.control.node.Availability;
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
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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

  public final FakeTime time;
  public final FakeAgentGateway gateway;
  public final Ids ids;
  public final EventStore events;
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
  private final Outside outside;

  /** What goes on without a control plane, and is the same for the next one. */
  public static final class Outside {
    public final FakeTime time;
    public final FakeAgentGateway gateway = new FakeAgentGateway();
    private final Ids ids;
    private final Map<String, Liveness> liveness = new HashMap<>();
    private final Map<String, List<Condition>> conditions = new HashMap<>();
    private final Map<String, Usage> usage = new HashMap<>();
    private final Set<String> cutOff = new HashSet<>();
    private final Map<String, Duration> unheard = new HashMap<>();
    private final Set<String> deafIngresses = new TreeSet<>();
    private final Set<String> silentAgents = new HashSet<>();
    private final Map<String, Behaviour> behaviours = new HashMap<>();
    private int nodes;

    /** All is well, from that time on; {@code seed} makes ids. */
    public Outside(FakeTime time, int seed) {
      this.time = time;
      this.ids = new Ids(new Random(seed));
      gateway.push("web:latest", DIGEST, "amd64");
    }

    /** From now on containers whose image starts with {@code image} behave so. */
    public void behave(String image, Behaviour how) {
      behaviours.put(image, how);
    }

    /** Whether the agent of a node reports. */
    public void agent(String name, boolean reports) {
      boolean changed = reports ? silentAgents.remove("n-" + name) : silentAgents.add("n-" + name);
      assert changed : name;
    }

    /** Whether a node is there at all; one that is only suspected is. */
    public boolean serves(String name) {
      return liveness.getOrDefault("n-" + name, Liveness.ready) != Liveness.down;
    }

    /** What is seen of a node from now on. */
    public void liveness(String name, Liveness is) {
      liveness.put("n-" + name, is);
      gateway.reachable("n-" + name, is == Liveness.ready);
    }
  }

  /** A cluster without nodes. */
  public TestCluster(Database database, Path folder) {
    this(database, folder, new Outside(new FakeTime(), 7), null);
  }

  /** A control plane over a store that may have nodes; {@code ingresses} null: take all at once. */
  public TestCluster(
      Database database, Path folder, Outside outside, @Nullable Ingresses ingresses) {
    this.database = database;
    this.outside = outside;
    this.time = outside.time;
    this.gateway = outside.gateway;
    this.ids = outside.ids;
    this.events = new EventStore(ids);
    this.vault =
        Vault.open(folder.resolve("master.key"), database, time, Ids.secure(), null).vault();
    this.registries = new Registries(vault.sealer());
    this.parts =
        new DeploymentParts(
            database,
            this,
            ingresses == null ? ingresses() : ingresses,
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
    CertificateService certificates =
        new CertificateService(
            database, vault.sealer(), events, new AuditLog(time, ids), ids, time, () -> {});
    this.routes = new AppRoutes(new AppStates(this), this, certificates, "temps.test");
  }

  @Override
  public List<Member> members(Handle handle) {
    List<Member> members = new ArrayList<>();
    for (Node node : NodeStore.living(handle)) {
      members.add(
          new Member(
              node,
              outside.liveness.getOrDefault(node.id(), Liveness.ready),
              outside.conditions.getOrDefault(node.id(), List.of()),
              outside.usage.get(node.id()),
              outside.cutOff.contains(node.id()),
              outside.unheard.getOrDefault(node.id(), Duration.ZERO)));
    }
    return members;
  }

  /** From now on that ingress takes no routes, or takes them again. */
  public void deafIngress(String name, boolean deaf) {
    boolean changed = deaf ? outside.deafIngresses.add(name) : outside.deafIngresses.remove(name);
    assert changed : name;
  }

  private Ingresses ingresses() {
    return new Ingresses() {
      @Override
      public long mark() {
        return 1;
      }

      @Override
      public List<String> behind(long mark) {
        return List.copyOf(outside.deafIngresses);
      }
    };
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
    int index = ++outside.nodes;
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
    availability(name, Availability.cordoned);
  }

  /** From now on an operator wants that of a node. */
  public void availability(String name, Availability wish) {
    database.change(h ->
        h.createUpdate("UPDATE nodes SET availability = :wish WHERE name = :name")
            .bind("wish", wish)
            .bind("name", name)
            .execute());
  }

  /** From now on a node has that taint and no other. */
  public void taint(String name, String key, String text) {
    database.change(h ->
        h.createUpdate("UPDATE nodes SET taints = :taints WHERE name = :name")
            .bind("taints", "{\"" + key + "\":\"" + text + "\"}")
            .bind("name", name)
            .execute());
  }

  public void liveness(String name, Liveness is) {
    outside.liveness(name, is);
  }

  /** For so long no report of the node was accepted. */
  public void unheard(String name, Duration since) {
    outside.unheard.put("n-" + name, since);
  }

  /** What a node's agent is told to run. */
  public List<WorkloadSpec> told(Database from, String node) {
    return from.read(h -> workloads.on(h, "n-" + node));
  }

  /** From now on the node reaches no other. */
  public void cutOff(String name) {
    outside.cutOff.add("n-" + name);
  }

  /** From now on a node is that large. */
  public void size(String name, long cpuMillis, long memoryBytes) {
    HostFacts facts =
        new HostFacts(
            name,
            "Debian",
            "6",
            "amd64",
            cpuMillis,
            memoryBytes,
            1L << 40,
            "20.10",
            "kernel",
            "v1",
            List.of());
    database.change(h ->
        h.createUpdate("UPDATE nodes SET host_facts = :facts WHERE name = :name")
            .bind("facts", Json.write(facts))
            .bind("name", name)
            .execute());
  }

  /** From now on so much of the disk of a node is used; it has a TiB. */
  public void diskUsed(String name, long bytes) {
    outside.usage.put("n-" + name, new Usage(0, 0, bytes, 0, 0));
  }

  public void condition(String name, Condition is) {
    outside.conditions.put("n-" + name, List.of(is));
  }

  /** From now on containers whose image starts with {@code image} behave so. */
  public void behave(String image, Behaviour how) {
    outside.behave(image, how);
  }

  public static DeployRequest web(int replicas) {
    return request("web", "web", replicas);
  }

  public static DeployRequest request(String project, String image, int replicas) {
    return new DeployRequest(
        project, null, image, replicas, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null);
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
      if (member.heard() && !outside.silentAgents.contains(member.node().id())) {
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
        outside.behaviours.entrySet().stream()
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
      @Nullable String reason,
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
