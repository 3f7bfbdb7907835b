package dev.temps.agent.runtime.testing;

import dev.temps.agent.runtime.ContainerEvent;
import dev.temps.agent.runtime.ContainerInfo;
import dev.temps.agent.runtime.ContainerRuntime;
import dev.temps.agent.runtime.ContainerSpec;
import dev.temps.agent.runtime.ContainerState;
import dev.temps.agent.runtime.ContainerSummary;
import dev.temps.agent.runtime.EngineException;
import dev.temps.agent.runtime.EngineException.Kind;
import dev.temps.agent.runtime.EngineInfo;
import dev.temps.agent.runtime.ExecSession;
import dev.temps.agent.runtime.ExecSpec;
import dev.temps.agent.runtime.ImageInfo;
import dev.temps.agent.runtime.Labels;
import dev.temps.agent.runtime.LogEntry;
import dev.temps.agent.runtime.LogQuery;
import dev.temps.agent.runtime.LogStream;
import dev.temps.agent.runtime.NetworkSpec;
import dev.temps.agent.runtime.RegistryImage;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.contract.agent.WorkloadStats;
import dev.temps.kit.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container engine in memory. Processes are what {@link FakeProgram} makes of their commands; an
 * image without a command serves until ended. Thread-safe.
 */
public final class FakeRuntime implements ContainerRuntime {
  private static final int KILLED = 137; // 128 + SIGKILL
  private static final int ENDED = 143; // 128 + SIGTERM

  private final Object lock = new Object();
  private final Time time;
  private final FakeTrouble trouble = new FakeTrouble();
  private final FakeRegistry registry = new FakeRegistry();
  private final Map<String, ImageInfo> images = new HashMap<>();
  private final Map<String, FakeContainer> containers = new LinkedHashMap<>();
  private final Map<String, NetworkSpec> networks = new HashMap<>();
  private final List<Consumer<ContainerEvent>> listeners = new CopyOnWriteArrayList<>();
  private long lastId;
  private long daemonRuns = 1;

  /** An engine with no image and no container. */
  public FakeRuntime(Time time) {
    this.time = time;
  }

  // What a test may do to it

  /** Puts an image on the machine and returns its id. */
  public String haveImage(String reference, String architecture, Integer... tcpPorts) {
    synchronized (lock) {
      ImageInfo image = newImage(architecture, List.of(), tcpPorts);
      images.put(reference, image);
      images.put(image.id(), image);
      return image.id();
    }
  }

  /** Puts an image into a registry, behind a login unless null. */
  public void offerImage(String reference, String architecture, @Nullable RegistryLogin needed) {
    synchronized (lock) {
      String digest = "sha256:" + hex(++lastId);
      String repository = reference.replaceFirst("(@.*|:[^/:]*)$", "");
      List<String> digests = List.of(repository + "@" + digest);
      registry.offer(reference, newImage(architecture, digests), needed);
    }
  }

  private ImageInfo newImage(String architecture, List<String> digests, Integer... ports) {
    return new ImageInfo("sha256:" + hex(++lastId), architecture, digests, List.of(ports));
  }

  private static String hex(long number) {
    return HexFormat.of().toHexDigits(number).repeat(4);
  }

  /** From now on fails, e.g. {@code pull web:1} or {@code start c-1}, until {@link #mend}. */
  public void fail(String what, Kind kind, String message) {
    trouble.fail(what, new EngineException(kind, message));
  }

  /** From now on never answers, until {@link #mend}. */
  public void hang(String what) {
    trouble.hang(what);
  }

  /** Ends a trouble. */
  public void mend(String what) {
    trouble.end(what);
  }

  /** The engine stops or is back; its containers end, as without live-restore. */
  public void running(boolean is) {
    trouble.away(!is);
    synchronized (lock) {
      if (!is) {
        daemonRuns++;
        containers.values().stream()
            .filter(c -> c.state.alive())
            .forEach(c -> c.end(KILLED, false, time.now()));
      }
      lock.notifyAll();
    }
  }

  /** The container's process ends by itself. */
  public void crash(String name, int exitCode) {
    end(name, exitCode, false);
  }

  /** The kernel ends the container's process for using too much memory. */
  public void outOfMemory(String name) {
    end(name, KILLED, true);
  }

  /**
   * The container's process writes a line and ends at once: as with Docker 20.10 whoever follows
   * the log is told of the end before that line, and it is in the log all the same.
   */
  public void lastWords(String name, String line) {
    synchronized (lock) {
      existing(name).log.add(new LogEntry(time.now().toString(), false, line));
      existing(name).unheard++;
    }
    end(name, 1, false);
  }

  /** The container's process writes a line. */
  public void write(String name, boolean error, String line) {
    synchronized (lock) {
      existing(name).log.add(new LogEntry(time.now().toString(), error, line));
      lock.notifyAll();
    }
  }

  /** How often the container was started. */
  public int starts(String name) {
    synchronized (lock) {
      return existing(name).starts;
    }
  }

  /** What the container was made from. */
  public ContainerSpec spec(String name) {
    synchronized (lock) {
      return existing(name).spec;
    }
  }

  // What every engine does

  @Override
  public EngineInfo engine() {
    trouble.meet("engine");
    return new EngineInfo("20.10.24", "1.41", "amd64");
  }

  @Override
  public void ensureNetwork(NetworkSpec spec) {
    trouble.meet("network " + spec.name());
    synchronized (lock) {
      NetworkSpec found = networks.put(spec.name(), spec);
      boolean used =
          containers.values().stream()
              .map(c -> c.spec.network())
              .anyMatch(n -> n != null && n.network().equals(spec.name()));
      if (found != null && !found.equals(spec) && used) {
        networks.put(spec.name(), found);
        throw new EngineException(Kind.conflict, "network " + spec.name() + " is in use");
      }
    }
  }

  @Override
  public Optional<ImageInfo> image(String reference) {
    trouble.meet("image " + reference);
    synchronized (lock) {
      return Optional.ofNullable(images.get(reference));
    }
  }

  @Override
  public void pull(String reference, @Nullable RegistryLogin login, Consumer<String> progress) {
    progress.accept("Pulling " + reference);
    trouble.meet("pull " + reference);
    synchronized (lock) {
      ImageInfo image = registry.get(reference, login);
      images.put(reference, image);
      images.put(image.id(), image);
    }
  }

  @Override
  public RegistryImage registryImage(String reference, @Nullable RegistryLogin login) {
    trouble.meet("registry " + reference);
    synchronized (lock) {
      ImageInfo image = registry.get(reference, login);
      String digest = image.digests().getFirst();
      return new RegistryImage(
          digest.substring(digest.indexOf('@') + 1), List.of(image.architecture()));
    }
  }

  @Override
  public void create(ContainerSpec spec) {
    trouble.meet("create " + spec.name());
    synchronized (lock) {
      ImageInfo image = images.get(spec.image());
      if (image == null) {
        throw new EngineException(Kind.missing, "No such image: " + spec.image());
      }
      String resolver = spec.resolver();
      if (resolver != null && !Files.exists(Path.of(resolver))) {
        throw new EngineException(Kind.refused, "bind source path does not exist: " + resolver);
      }
      FakeContainer taken = containers.get(spec.name());
      if (taken == null) {
        String id = hex(++lastId);
        containers.put(spec.name(), new FakeContainer(spec, id, image.id()));
      } else if (!hash(taken.spec).equals(hash(spec))) {
        throw new EngineException(
            Kind.conflict, "Conflict. The container name " + spec.name() + " is already in use");
      }
    }
  }

  private static String hash(ContainerSpec spec) {
    return spec.labels().getOrDefault(Labels.SPEC, "");
  }

  @Override
  public void start(String name) {
    trouble.meet("start " + name);
    synchronized (lock) {
      FakeContainer container = existing(name);
      if (container.state.alive()) {
        return;
      }
      if (addressTaken(container)) {
        throw new EngineException(Kind.refused, "Address already in use");
      }
      container.start(time.now());
      lock.notifyAll();
    }
    tell(name, "start");
    if (!alive(name)) {
      tell(name, "die");
    }
  }

  private boolean addressTaken(FakeContainer wanting) {
    ContainerSpec.Attachment at = wanting.spec.network();
    return at != null
        && containers.values().stream()
            .filter(c -> c != wanting && c.state.alive())
            .map(c -> c.spec.network())
            .anyMatch(n -> n != null && n.address().equals(at.address()));
  }

  private boolean alive(String name) {
    synchronized (lock) {
      FakeContainer container = containers.get(name);
      return container != null && container.state.alive();
    }
  }

  @Override
  public void stop(String name, Duration grace) {
    trouble.meet("stop " + name);
    end(name, ENDED, false);
  }

  @Override
  public void kill(String name) {
    trouble.meet("kill " + name);
    end(name, KILLED, false);
  }

  private void end(String name, int code, boolean memory) {
    synchronized (lock) {
      FakeContainer container = existing(name);
      if (!container.state.alive()) {
        return;
      }
      container.end(code, memory, time.now());
      lock.notifyAll();
    }
    tell(name, "die");
  }

  @Override
  public void remove(String name) {
    trouble.meet("remove " + name);
    synchronized (lock) {
      containers.remove(name);
      lock.notifyAll();
    }
    tell(name, "destroy");
  }

  @Override
  public void removeVolume(String name) {
    trouble.meet("remove volume " + name);
    synchronized (lock) {
      boolean used =
          containers.values().stream()
              .flatMap(c -> c.spec.volumes().stream())
              .anyMatch(v -> v.name().equals(name));
      if (used) {
        throw new EngineException(Kind.conflict, "remove " + name + ": volume is in use");
      }
    }
  }

  @Override
  public Optional<ContainerInfo> container(String name) {
    trouble.meet("container " + name);
    synchronized (lock) {
      return Optional.ofNullable(containers.get(name)).map(FakeContainer::info);
    }
  }

  @Override
  public List<ContainerSummary> containers(String label) {
    trouble.meet("containers");
    synchronized (lock) {
      return containers.values().stream()
          .filter(c -> c.spec.labels().containsKey(label))
          .map(c -> new ContainerSummary(c.id, c.spec.name(), c.state))
          .toList();
    }
  }

  private FakeContainer existing(String name) {
    FakeContainer container = containers.get(name);
    if (container == null) {
      throw new EngineException(Kind.missing, "No such container: " + name);
    }
    return container;
  }

  @Override
  public LogStream logs(String name, LogQuery query) {
    trouble.meet("logs " + name);
    synchronized (lock) {
      return new FakeLogs(lock, existing(name), query);
    }
  }

  @Override
  public ExecSession exec(String name, ExecSpec spec) {
    trouble.meet("exec " + name);
    synchronized (lock) {
      if (existing(name).state != ContainerState.running) {
        throw new EngineException(Kind.conflict, "Container " + name + " is not running");
      }
      return new FakeExec(spec, existing(name).spec.resolver());
    }
  }

  @Override
  public ExecSession run(ContainerSpec spec, int columns, int rows) {
    create(spec);
    try {
      start(spec.name());
    } catch (EngineException e) {
      remove(spec.name());
      throw e;
    }
    return new FakeRun(this, spec, columns, rows);
  }

  @Override
  public WorkloadStats stats(String name) {
    trouble.meet("stats " + name);
    synchronized (lock) {
      boolean alive = existing(name).state.alive();
      return new WorkloadStats(name, 0, alive ? 1 << 20 : 0, 0, 0, 0, alive ? 1 : 0);
    }
  }

  private void tell(String name, String action) {
    listeners.forEach(l -> l.accept(new ContainerEvent(name, action)));
  }

  @Override
  public void events(String label, Duration most, Consumer<ContainerEvent> each) {
    trouble.meet("events");
    Duration end = time.elapsed().plus(most);
    listeners.add(each);
    try {
      synchronized (lock) {
        long run = daemonRuns;
        for (Duration left = most; left.isPositive(); left = end.minus(time.elapsed())) {
          lock.wait(left.toMillis() + 1);
          if (run != daemonRuns) {
            throw new EngineException(Kind.unreachable, "the connection to Docker was lost");
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.interrupted, "interrupted", e);
    } finally {
      listeners.remove(each);
    }
  }
}
