package dev.temps.agent.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container to create. Holds secrets in {@code env}; never printed.
 *
 * @param command replaces the image's command; null: the image's own
 * @param network its one network and place there; null: the engine's default network
 * @param terminal whether its process gets a terminal
 * @param cpuMillis limit in thousandths of a core, 0 for none
 * @param memoryBytes limit, swap included; 0 for none
 * @param volumes what is mounted into it
 * @param resolver file of this machine that is its {@code /etc/resolv.conf}, which it can't change;
 *     null: the engine's own
 */
public record ContainerSpec(
    String name,
    String image,
    List<String> env,
    @Nullable List<String> command,
    Map<String, String> labels,
    @Nullable Attachment network,
    boolean terminal,
    long cpuMillis,
    long memoryBytes,
    List<Volume> volumes,
    @Nullable String resolver) {

  public ContainerSpec {
    env = List.copyOf(env);
    command = command == null ? null : List.copyOf(command);
    labels = Map.copyOf(labels);
    volumes = List.copyOf(volumes);
  }

  /** One with the engine's own resolver. */
  public ContainerSpec(
      String name,
      String image,
      List<String> env,
      @Nullable List<String> command,
      Map<String, String> labels,
      @Nullable Attachment network,
      boolean terminal,
      long cpuMillis,
      long memoryBytes,
      List<Volume> volumes) {
    this(
        name,
        image,
        env,
        command,
        labels,
        network,
        terminal,
        cpuMillis,
        memoryBytes,
        volumes,
        null);
  }

  /**
   * A folder of this machine in a container. When it is empty the engine fills it with what the
   * image has at that path, owners included.
   *
   * @param name the engine's name of it, for {@link ContainerRuntime#removeVolume}
   * @param folder on this machine
   * @param path in the container
   */
  public record Volume(String name, String folder, String path) {}

  /** Place on a network. */
  public record Attachment(String network, String address, String mac) {}

  /** Without {@code env}, which holds secrets. */
  @Override
  public String toString() {
    return "ContainerSpec[" + name + ", " + image + "]";
  }
}
