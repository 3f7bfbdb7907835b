package dev.temps.agent;

import dev.temps.agent.api.AccessLogs;
import dev.temps.agent.api.AgentApi;
import dev.temps.agent.api.ControlDesk;
import dev.temps.agent.api.Figures;
import dev.temps.agent.api.PeerApi;
import dev.temps.agent.api.UpgradeDesk;
import dev.temps.agent.host.HostProbe;
import dev.temps.agent.identity.NodeIdentity;
import dev.temps.agent.ingress.CertificateShelf;
import dev.temps.agent.ingress.IngressPart;
import dev.temps.agent.ingress.IngressPlaces;
import dev.temps.agent.ingress.RequestFeed;
import dev.temps.agent.journal.Journal;
import dev.temps.agent.mesh.BridgeNetwork;
import dev.temps.agent.mesh.MeshNames;
import dev.temps.agent.mesh.MeshPart;
import dev.temps.agent.mesh.NftWalls;
import dev.temps.agent.mesh.WireGuard;
import dev.temps.agent.mesh.WireGuardTool;
import dev.temps.agent.name.Here;
import dev.temps.agent.name.NamePlaces;
import dev.temps.agent.name.NamesPart;
import dev.temps.agent.name.Resolvers;
import dev.temps.agent.part.Part;
import dev.temps.agent.probe.NamespaceProbe;
import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.NetworkSpec;
import dev.temps.agent.runtime.docker.DockerRuntime;
import dev.temps.agent.session.ControlClient;
import dev.temps.agent.session.ControlUrls;
import dev.temps.agent.snapshot.SnapshotShelf;
import dev.temps.agent.traffic.AccessShelf;
import dev.temps.agent.traffic.TrafficBook;
import dev.temps.agent.unit.SupervisedUnits;
import dev.temps.agent.unit.SystemdUnits;
import dev.temps.agent.unit.Units;
import dev.temps.agent.upgrade.Switcher;
import dev.temps.agent.upgrade.Upgrade;
import dev.temps.agent.volume.VolumeShelf;
import dev.temps.agent.workload.NodeLease;
import dev.temps.agent.workload.OneOffs;
import dev.temps.agent.workload.SocketProbe;
import dev.temps.agent.workload.WorkloadLoops;
import dev.temps.agent.workload.WorkloadPart;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.Contract;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.ObservedWorkload;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.Traffic;
import dev.temps.contract.release.ReleasePlaces;
import dev.temps.kit.Ids;
import dev.temps.kit.Loop;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The real machinery: Docker, WireGuard, nftables, HAProxy, dnsmasq. */
final class MachineParts implements Parts {
  private static final String NETWORK = "temps";
  private static final Path VOLUMES = Path.of("/var/lib/temps/volumes");
  private static final Duration SWEEP_EVERY = Duration.ofHours(1);
  private static final Duration LEFTOVERS_EVERY = Duration.ofMinutes(1);

  private static final Duration REQUESTS_EVERY = Duration.ofSeconds(1);

  private final NodeIdentity identity;
  private final HostProbe host;
  private final Units units;
  private final ContainerRuntime runtime;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final RandomGenerator random;
  private final Time time;
  private final MeshPart mesh;
  private final WorkloadPart workloads;
  private final NodeLease lease;
  private final VolumeShelf volumes;
  private final IngressPart ingress;
  private final NamesPart names;
  private final TrafficBook traffic;
  private final RequestFeed feed;
  private final AgentApi api;
  private final OneOffs oneOffs;
  private final PeerApi peerApi;
  private volatile Supplier<Optional<String>> hold = Optional::empty;
  private @Nullable WorkloadLoops loops;
  private @Nullable Loop sweeping;
  private @Nullable Loop leftovers;
  private volatile @Nullable Loop requests;

  private MachineParts(
      NodeIdentity identity,
      HostProbe host,
      Units units,
      ContainerRuntime runtime,
      WireGuard wireguard,
      Journal journal,
      Path snapshots,
      NodeLease lease,
      AccessShelf access,
      RandomGenerator random,
      Time time) {
    this.identity = identity;
    this.host = host;
    this.units = units;
    this.runtime = runtime;
    this.random = random;
    this.time = time;
    this.mesh =
        new MeshPart(
            wireguard, bridge(runtime), new NftWalls(), new NamespaceProbe(MeshNames.BRIDGE), time);
    this.lease = lease;
    this.volumes = new VolumeShelf(VOLUMES, identity.node().cluster(), time);
    Supplier<@Nullable Here> here = () -> here(identity, journal);
    NamePlaces namePlaces = NamePlaces.standard();
    Resolvers resolvers = new Resolvers(namePlaces, here);
    this.workloads =
        new WorkloadPart(
            runtime,
            new SocketProbe(time),
            time,
            random,
            workers,
            this::blocked,
            volumes,
            lease,
            resolvers);
    IngressPlaces places = IngressPlaces.standard();
    this.ingress = new IngressPart(places, units, time, identity.node().id());
    this.names =
        new NamesPart(
            new NamesPart.Senses(here, mesh::observed, ingress::down), namePlaces, units, time);
    this.traffic = new TrafficBook(new Ids(random).next("a"), access);
    this.feed = new RequestFeed(places, traffic, access.newest(), workers, time);
    this.api = new AgentApi(runtime, workloads::observed, time, identity.controlContext());
    api.figures(mesh::observed, this::backends, this::lines);
    SnapshotShelf shelf = new SnapshotShelf(snapshots, Contract.SNAPSHOT_BYTES_MAX);
    this.api.also(new ControlDesk(journal, shelf, () -> assign(workloads, journal)));
    this.peerApi = new PeerApi(shelf, identity.peerContext(id -> isPeer(journal, id)));
    this.api.also(new UpgradeDesk(upgrade(journal)));
    this.oneOffs = new OneOffs(runtime, this::blocked, resolvers);
    this.api.runs(oneOffs);
    this.api.also(new AccessLogs(access, time));
  }

  private Upgrade upgrade(Journal journal) {
    ReleasePlaces places = ReleasePlaces.standard();
    Path program = Path.of(System.getProperty("temps.home", places.link().toString()));
    return new Upgrade(
        places,
        (path, into) -> {
          Assignment known = journal.current();
          List<String> controls = known == null ? identity.node().controls() : known.controls();
          new ControlClient(identity.controlContext(), new ControlUrls(controls), time)
              .download(path, into);
        },
        new Switcher(places, units, program),
        workers);
  }

  /** Where this node stands; null before the control plane has said so once. */
  private static @Nullable Here here(NodeIdentity identity, Journal journal) {
    Assignment all = journal.current();
    if (all == null || all.peers() == null) {
      return null;
    }
    Assignment.Routes routes = all.routes();
    String zone = routes == null ? null : routes.zone();
    return new Here(all.peers().self(), identity.node().id(), zone);
  }

  /** A removed node is no peer any more, whatever its certificate says. */
  private static boolean isPeer(Journal journal, String nodeId) {
    Assignment all = journal.current();
    return all != null
        && all.peers() != null
        && all.peers().items().stream().anyMatch(p -> p.nodeId().equals(nodeId));
  }

  private static void assign(WorkloadPart workloads, Journal journal) {
    Assignment all = journal.toMakeTrue();
    if (all != null && all.workloads() != null) {
      workloads.assign(all.workloads());
    }
  }

  private List<Figures.Backend> backends() {
    return ingress.backends().stream().map(b -> new Figures.Backend(b.app(), b.up())).toList();
  }

  private Figures.Lines lines() {
    return new Figures.Lines(traffic.counted(), traffic.unread());
  }

  private static BridgeNetwork bridge(ContainerRuntime runtime) {
    return (subnet, gateway, mtu) -> {
      try {
        runtime.ensureNetwork(new NetworkSpec(NETWORK, MeshNames.BRIDGE, subnet, gateway, mtu));
      } catch (EngineException e) {
        Problem problem =
            Problem.of(
                "container-network",
                503,
                "The container network " + NETWORK + " can't be made.",
                e.words(),
                "");
        throw new ProblemException(problem, e);
      }
    };
  }

  static MachineParts of(
      AgentConfig config, NodeIdentity identity, Journal journal, RandomGenerator random, Time time)
      throws IOException {
    Units units =
        SystemdUnits.here()
            ? new SystemdUnits()
            : new SupervisedUnits(SupervisedUnits.Places.standard(), time);
    return new MachineParts(
        identity,
        new HostProbe(config.root()),
        units,
        new DockerRuntime(DockerRuntime.SOCKET, time),
        new WireGuardTool(config.folder().wireguardKey(), units, time),
        journal,
        config.folder().snapshots(),
        NodeLease.open(
            config.statusFile().resolveSibling("lease"),
            config.root().resolve("proc/uptime"),
            time),
        new AccessShelf(config.folder().accessLogs(), AccessShelf.Limits.standard(), time),
        random,
        time);
  }

  /** No container starts before the walls around it stand, and the addresses it may call. */
  private Optional<String> blocked() {
    Optional<String> held = hold.get();
    if (held.isPresent()) {
      return held;
    }
    List<Condition> conditions = mesh.conditions();
    return conditions.isEmpty()
        ? Optional.of("The node's network is not made yet.")
        : conditions.stream()
            .filter(c -> c.name().equals("walls") && !c.ok())
            .map(Condition::detail)
            .findFirst()
            .or(names::missing);
  }

  @Override
  public Part<Assignment.Workloads> workloads() {
    return workloads;
  }

  @Override
  public Part<Assignment.Peers> mesh() {
    return mesh;
  }

  @Override
  public Part<Assignment.Walls> walls() {
    return mesh.walls();
  }

  @Override
  public Part<Assignment.Names> names() {
    return names;
  }

  @Override
  public Part<Assignment.Routes> ingress() {
    return ingress;
  }

  @Override
  public CertificateShelf certificates() {
    return ingress.certificates();
  }

  @Override
  public List<ObservedWorkload> observed() {
    return workloads.observed();
  }

  @Override
  public List<PeerObservation> peers() {
    return mesh.observed();
  }

  @Override
  public Traffic traffic() {
    return traffic.told(ingress.connections());
  }

  @Override
  public MeshKeys keys() {
    return mesh.keys();
  }

  @Override
  public boolean rotating() {
    return mesh.rotating();
  }

  @Override
  public boolean proven() {
    return mesh.proven();
  }

  @Override
  public String engineVersion() {
    try {
      return runtime.engine().version();
    } catch (EngineException e) {
      return ""; // As promised: unknown while it does not answer.
    }
  }

  @Override
  public String wireguard() {
    boolean userspace = units.status(MeshNames.UNIT).running() || !host.hasModule("wireguard");
    return userspace ? "userspace" : "kernel";
  }

  @Override
  public void onChange(Runnable listener) {
    workloads.onChange(listener);
    ingress.onChange(() -> {
      lookForWorkers();
      listener.run();
    });
    mesh.onChange(() -> {
      workloads.wake(); // the walls may stand now
      listener.run();
    });
    names.onChange(() -> {
      workloads.wake(); // so may addresses
      listener.run();
    });
  }

  /** A change of the ingress may have replaced HAProxy's worker. */
  private void lookForWorkers() {
    Loop running = requests;
    if (running != null) {
      running.wake();
    }
  }

  @Override
  public void holdWhile(Supplier<Optional<String>> reason) {
    hold = reason;
  }

  @Override
  public void renewLease(Duration sentAt) {
    lease.renew(sentAt);
  }

  @Override
  public void wake() {
    workloads.wake();
  }

  @Override
  public synchronized void start() {
    loops = WorkloadLoops.start(workloads, runtime, time, random);
    sweeping = Loop.start("volumes", SWEEP_EVERY, volumes::sweep, random);
    leftovers = Loop.start("one-offs", LEFTOVERS_EVERY, oneOffs::step, random);
    requests = Loop.start("requests", REQUESTS_EVERY, feed::step, random);
  }

  @Override
  public void serve() throws IOException {
    if (mesh.appliedRevision() >= 0) { // else its address is not there yet
      String address = identity.node().mesh().address();
      api.serve(address, Contract.AGENT_PORT);
      peerApi.serve(address, Contract.PEER_PORT);
    }
  }

  @Override
  public synchronized void close() {
    if (loops != null) {
      loops.close();
    }
    if (sweeping != null) {
      sweeping.close();
    }
    if (leftovers != null) {
      leftovers.close();
    }
    if (requests != null) {
      requests.close();
    }
    feed.close();
    api.close();
    peerApi.close();
    workers.shutdownNow();
  }
}
