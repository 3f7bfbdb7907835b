package dev.temps.control.deployment;

import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.Lease;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.agent.VolumeMount;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.control.image.ImageRef;
import dev.temps.control.image.Registries;
import dev.temps.control.node.MeshNumbers;
import dev.temps.control.node.Node;
import dev.temps.control.node.NodeStore;
import dev.temps.control.project.Environment;
import dev.temps.control.project.ProjectStore;
import dev.temps.control.secret.Sealer;
import dev.temps.control.volume.VolumeState;
import dev.temps.control.volume.VolumeStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a node must run, from desired state only. The same rows give the same specs. Thread-safe.
 */
public final class NodeWorkloads {
  private static final long STOP_GRACE_MILLIS = 10_000; // Docker's own
  // Whenever it begins to stop while the lease is held, it has ended before the lease does.
  private static final long LEASED_GRACE_MILLIS =
      Lease.ENDS_AFTER.minus(Lease.STOPS_AFTER).toMillis();

  private final Registries registries;
  private final Sealer sealer;

  /** Specs with variables opened by {@code sealer}. */
  public NodeWorkloads(Registries registries, Sealer sealer) {
    this.registries = registries;
    this.sealer = sealer;
  }

  /** Containers of one node by id. */
  public List<WorkloadSpec> on(Handle handle, String nodeId) {
    Optional<Node> node = NodeStore.byId(handle, nodeId);
    if (node.isEmpty()) {
      return List.of();
    }
    Map<String, Deployment> releases = byId(DeploymentStore.onNode(handle, nodeId), Deployment::id);
    Map<String, Environment> apps = byId(ProjectStore.onNode(handle, nodeId), Environment::id);
    Map<String, WorkloadSpec> specs = new TreeMap<>();
    for (Replica replica : ReplicaStore.onNode(handle, nodeId)) {
      Deployment release = releases.get(replica.deploymentId());
      Environment app = release == null ? null : apps.get(release.environmentId());
      if (release != null && app != null) {
        spec(handle, node.get(), app, release, replica)
            .ifPresent(spec -> specs.put(spec.id(), spec));
      }
    }
    return List.copyOf(specs.values());
  }

  private static <T> Map<String, T> byId(List<T> rows, Function<T, String> id) {
    return rows.stream().collect(Collectors.toUnmodifiableMap(id, Function.identity()));
  }

  /**
   * Equal marks, equal containers of a node: all that can change of what {@link #on} reads, and no
   * more. What a release is made of never changes, nor do names of apps and nodes.
   */
  public String mark(Handle handle, String nodeId) {
    StringBuilder all = new StringBuilder();
    Registries.mark(handle, all);
    VolumeStore.on(handle, nodeId).forEach(volume -> all.append(volume).append('\n'));
    ReplicaStore.mark(handle, nodeId, all);
    return all.toString();
  }

  /** Empty when a volume it needs is not on the node: then it must not start there. */
  private Optional<WorkloadSpec> spec(
      Handle handle, Node node, Environment app, Deployment release, Replica replica) {
    ReleaseSettings settings = release.parsed();
    List<VolumeMount> mounts =
        Homes.volumes(handle, app, settings).stream()
            .filter(v -> v.nodeId().equals(node.id()) && v.state() != VolumeState.lost)
            .map(v -> v.mount(settings.mounts().getOrDefault(v.name(), "")))
            .toList();
    if (mounts.size() < settings.mounts().size()) {
      return Optional.empty();
    }
    return Optional.of(
        new WorkloadSpec(
            replica.id(),
            app.app(),
            image(release),
            localImage(release),
            login(handle, release),
            environment(
                node, app, release, Map.of("TEMPS_REPLICA", String.valueOf(replica.ordinal()))),
            settings.command(),
            replica.address(),
            MeshNumbers.mac(replica.address()),
            settings.port(),
            settings.cpuMillis(),
            settings.memoryBytes(),
            settings.pace().check(settings.healthPath()),
            replica.desired(),
            replica.restartGeneration(),
            settings.leased() ? LEASED_GRACE_MILLIS : STOP_GRACE_MILLIS,
            Map.of("temps.app", app.app(), "temps.workload", replica.id(), "temps.node", node.id()),
            mounts.isEmpty() ? null : mounts,
            settings.leased() ? Boolean.TRUE : null,
            ServiceSpec.search(app.project())));
  }

  /** What makes a container for one command differ from its release. */
  record Once(String id, String address, long cpuMillis, long memoryBytes) {}

  /** A container for one command, made from a release: what a replica has but routes and health. */
  WorkloadSpec once(Handle handle, Node node, Environment app, Deployment release, Once once) {
    return new WorkloadSpec(
        once.id(),
        app.app(),
        image(release),
        localImage(release),
        login(handle, release),
        environment(node, app, release, Map.of()),
        null,
        once.address(),
        MeshNumbers.mac(once.address()),
        0,
        once.cpuMillis(),
        once.memoryBytes(),
        null,
        Desired.running,
        0,
        STOP_GRACE_MILLIS,
        Map.of("temps.app", app.app(), "temps.node", node.id()),
        null,
        null,
        ServiceSpec.search(app.project()));
  }

  private static String image(Deployment release) {
    String digest = release.digest();
    return digest == null ? release.image() : ImageRef.parse(release.image()).pinned(digest);
  }

  private static @Nullable String localImage(Deployment release) {
    return release.digest() == null ? release.localImageId() : null;
  }

  private @Nullable RegistryLogin login(Handle handle, Deployment release) {
    return release.digest() == null
        ? null
        : registries.login(handle, release.parsed().registry()).orElse(null);
  }

  private List<String> environment(
      Node node, Environment app, Deployment release, Map<String, String> own) {
    Map<String, String> all = new TreeMap<>(Variables.open(sealer, release).values());
    all.put("PORT", String.valueOf(release.parsed().port()));
    all.put("TEMPS_NODE", node.name());
    all.put("TEMPS_APP", app.app());
    all.putAll(own);
    List<String> lines = new ArrayList<>();
    all.forEach((key, value) -> lines.add(key + "=" + value));
    return lines;
  }
}
