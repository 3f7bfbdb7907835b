package dev.temps.agent.runtime.docker;

import dev.temps.agent.runtime.ContainerEvent;
import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.ContainerSummary;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.EngineInfo;
import dev.temps.agent.runtime.ExecSession;
import dev.temps.agent.runtime.ExecSpec;
import dev.temps.agent.runtime.ImageInfo;
import dev.temps.agent.runtime.LogQuery;
import dev.temps.agent.runtime.LogStream;
import dev.temps.agent.runtime.NetworkSpec;
import dev.temps.agent.runtime.RegistryImage;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.contract.agent.WorkloadStats;
import dev.temps.kit.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Docker Engine, API 1.41 (20.10) and newer, through its unix socket. Opens one connection per call
 * and keeps none. Thread-safe.
 */
public final class DockerRuntime implements ContainerRuntime {
  /** Where the engine listens. */
  public static final Path SOCKET = Path.of("/run/docker.sock");

  private final Engine engine;
  private final DockerNetworks networks;
  private final DockerImages images;
  private final DockerContainers containers;

  /** The engine behind {@code socket}; nothing is asked of it yet. */
  public DockerRuntime(Path socket, Time time) {
    engine = new Engine(socket, time);
    networks = new DockerNetworks(engine);
    images = new DockerImages(engine);
    containers = new DockerContainers(engine);
  }

  @Override
  public EngineInfo engine() {
    return engine.negotiate();
  }

  @Override
  public void ensureNetwork(NetworkSpec spec) {
    networks.ensure(spec);
  }

  @Override
  public Optional<ImageInfo> image(String reference) {
    return images.image(reference);
  }

  @Override
  public void pull(String reference, @Nullable RegistryLogin login, Consumer<String> progress) {
    images.pull(reference, login, progress);
  }

  @Override
  public RegistryImage registryImage(String reference, @Nullable RegistryLogin login) {
    return images.registryImage(reference, login);
  }

  @Override
  public void create(ContainerSpec spec) {
    containers.create(spec);
  }

  @Override
  public void start(String name) {
    containers.start(name);
  }

  @Override
  public void stop(String name, Duration grace) {
    containers.stop(name, grace);
  }

  @Override
  public void kill(String name) {
    containers.kill(name);
  }

  @Override
  public void remove(String name) {
    containers.remove(name);
  }

  @Override
  public void removeVolume(String name) {
    containers.removeVolume(name);
  }

  @Override
  public Optional<ContainerInfo> container(String name) {
    return containers.find(name);
  }

  @Override
  public List<ContainerSummary> containers(String label) {
    return containers.list(label);
  }

  private ContainerInfo existing(String name) {
    return container(name)
        .orElseThrow(() -> new EngineException(Kind.missing, "No such container: " + name));
  }

  @Override
  public LogStream logs(String name, LogQuery query) {
    return DockerLogs.open(engine, name, existing(name).terminal(), query);
  }

  @Override
  public ExecSession exec(String name, ExecSpec spec) {
    return DockerExec.start(engine, name, spec);
  }

  @Override
  public ExecSession run(ContainerSpec spec, int columns, int rows) {
    return DockerRun.start(engine, containers, spec, columns, rows);
  }

  @Override
  public WorkloadStats stats(String name) {
    Call call = Call.get("/containers/" + Call.segment(name) + "/stats").with("stream", "false");
    return Stats.read(name, engine.read(Stats.Sample.class, call));
  }

  @Override
  public void events(String label, Duration most, Consumer<ContainerEvent> each) {
    DockerEvents.follow(engine, label, most, each);
  }
}
