package dev.temps.agent.runtime;

import dev.temps.contract.agent.RegistryLogin;
import dev.temps.contract.agent.WorkloadStats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container engine on this machine. A thin, blocking door: no retries, no caches, no opinion.
 * Containers are named by their name. Every call throws {@link EngineException} when it can't do
 * what it says. Thread-safe.
 */
public interface ContainerRuntime {
  /**
   * Asks the engine who it is; also the ping.
   *
   * @throws EngineException {@code refused} with words when its API is too old or too new
   */
  EngineInfo engine();

  /**
   * Makes the network exist as described. One of that name with other settings is replaced when no
   * container is on it.
   *
   * @throws EngineException {@code conflict} when it is in use with other settings
   */
  void ensureNetwork(NetworkSpec spec);

  /** The local image a reference or an image id means; empty when there is none. */
  Optional<ImageInfo> image(String reference);

  /**
   * Pulls an image and returns when it is there. Bounded by lack of progress, not in total.
   *
   * @param progress gets a line of words now and then
   */
  void pull(String reference, @Nullable RegistryLogin login, Consumer<String> progress);

  /** What the registry of {@code reference} says of it, without pulling. */
  RegistryImage registryImage(String reference, @Nullable RegistryLogin login);

  /**
   * Creates a container. One of that name with the same {@link Labels#SPEC} label is fine and stays
   * as it is.
   *
   * @throws EngineException {@code conflict} when the name is taken by another container
   */
  void create(ContainerSpec spec);

  /** Starts a container; one that runs is fine. */
  void start(String name);

  /** Asks its process to end, kills it after {@code grace}; one that doesn't run is fine. */
  void stop(String name, Duration grace);

  /** Kills its process; one that doesn't run is fine. */
  void kill(String name);

  /** Removes a container, running or not, with its anonymous volumes; one that is gone is fine. */
  void remove(String name);

  /**
   * Forgets a volume; the folder behind it stays. One that is gone is fine.
   *
   * @throws EngineException {@code conflict} while a container has it
   */
  void removeVolume(String name);

  /** A container in full; empty when there is none of that name. */
  Optional<ContainerInfo> container(String name);

  /** All containers, running or not, that carry the label, whatever its value. */
  List<ContainerSummary> containers(String label);

  /**
   * Opens a container's log.
   *
   * @throws EngineException {@code missing} when there is no such container
   */
  LogStream logs(String name, LogQuery query);

  /** Starts a further process in a running container. */
  ExecSession exec(String name, ExecSpec spec);

  /**
   * Makes a container for one command, takes its input and output, and starts it. Closing the
   * session removes the container. When this fails the container may be left, where the engine went
   * away meanwhile.
   *
   * @param columns first width of its terminal, if it has one
   * @param rows first height of it
   */
  ExecSession run(ContainerSpec spec, int columns, int rows);

  /** What it uses now; takes one to two seconds because cpu is a difference. */
  WorkloadStats stats(String name);

  /**
   * Tells of containers with the label that start or end, until {@code most} has passed.
   *
   * @throws EngineException when the engine goes away before
   */
  void events(String label, Duration most, Consumer<ContainerEvent> each);
}
