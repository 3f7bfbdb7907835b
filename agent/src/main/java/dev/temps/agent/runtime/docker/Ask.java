package dev.temps.agent.runtime.docker;

import io.avaje.jsonb.Json;
import io.avaje.jsonb.Json.Property;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies of our requests to the engine; null members are left out. */
public final class Ask {
  private Ask() {}

  /** POST /networks/create. */
  @Json
  public record Network(
      @Property("Name") String name,
      @Property("Driver") String driver,
      @Property("CheckDuplicate") boolean checkDuplicate,
      @Property("IPAM") Ipam ipam,
      @Property("Options") Map<String, String> options,
      @Property("Labels") Map<String, String> labels) {}

  /** Address plan. */
  @Json
  public record Ipam(@Property("Config") List<Pool> config) {}

  /** One pool of it. */
  @Json
  public record Pool(@Property("Subnet") String subnet, @Property("Gateway") String gateway) {}

  /**
   * POST /containers/create. Holds secrets.
   *
   * @param openStdin whether its process can be given input; null: no
   * @param stdinOnce whether the input ends when whoever attached first ends it; null: no
   */
  @Json
  public record Container(
      @Property("Hostname") String hostname,
      @Property("Image") String image,
      @Property("Env") List<String> env,
      @Property("Cmd") @Nullable List<String> cmd,
      @Property("Labels") Map<String, String> labels,
      @Property("Tty") boolean tty,
      @Property("MacAddress") @Nullable String macAddress,
      @Property("HostConfig") HostConfig hostConfig,
      @Property("NetworkingConfig") @Nullable Networking networkingConfig,
      @Property("OpenStdin") @Nullable Boolean openStdin,
      @Property("StdinOnce") @Nullable Boolean stdinOnce) {
    /**
     * The same for one command of a person: it takes input once, and is not process 1, for which
     * ctrl-C means nothing unless the program says otherwise.
     */
    Container forOneCommand() {
      return new Container(
          hostname,
          image,
          env,
          cmd,
          labels,
          tty,
          macAddress,
          hostConfig.withInit(),
          networkingConfig,
          true,
          true);
    }

    @Override
    public String toString() {
      return "Container[" + hostname + "]";
    }
  }

  /**
   * Limits and rights; {@code memorySwap} equal to {@code memory} means: no swap.
   *
   * @param init whether the engine's own first process starts ours and reaps its orphans; null: no
   */
  @Json
  public record HostConfig(
      @Property("NetworkMode") @Nullable String networkMode,
      @Property("RestartPolicy") RestartPolicy restartPolicy,
      @Property("NanoCpus") long nanoCpus,
      @Property("Memory") long memory,
      @Property("MemorySwap") long memorySwap,
      @Property("PidsLimit") long pidsLimit,
      @Property("CapDrop") List<String> capDrop,
      @Property("SecurityOpt") List<String> securityOpt,
      @Property("LogConfig") LogConfig logConfig,
      @Property("Mounts") @Nullable List<Mount> mounts,
      @Property("Init") @Nullable Boolean init) {
    /** The same, with the engine's own first process in front. */
    HostConfig withInit() {
      return new HostConfig(
          networkMode,
          restartPolicy,
          nanoCpus,
          memory,
          memorySwap,
          pidsLimit,
          capDrop,
          securityOpt,
          logConfig,
          mounts,
          true);
    }
  }

  /**
   * Something mounted; a named volume that is not there is made with its options.
   *
   * @param readOnly null: no
   * @param volumeOptions null: it is no volume
   */
  @Json
  public record Mount(
      @Property("Type") String type,
      @Property("Source") String source,
      @Property("Target") String target,
      @Property("ReadOnly") @Nullable Boolean readOnly,
      @Property("VolumeOptions") @Nullable VolumeOptions volumeOptions) {}

  /** How a volume is made. */
  @Json
  public record VolumeOptions(@Property("DriverConfig") VolumeDriver driverConfig) {}

  /** By which driver, with which options. */
  @Json
  public record VolumeDriver(
      @Property("Name") String name, @Property("Options") Map<String, String> options) {}

  /** Whether the engine starts it again: never, that is the agent's. */
  @Json
  public record RestartPolicy(@Property("Name") String name) {}

  /** Where its log goes. */
  @Json
  public record LogConfig(
      @Property("Type") String type, @Property("Config") Map<String, String> config) {}

  /** Networks by name. */
  @Json
  public record Networking(@Property("EndpointsConfig") Map<String, Endpoint> endpointsConfig) {}

  /** Place on a network. */
  @Json
  public record Endpoint(
      @Property("IPAMConfig") Address address,
      @Property("MacAddress") @Nullable String macAddress) {}

  /** Address there. */
  @Json
  public record Address(@Property("IPv4Address") String ipv4) {}

  /** POST /containers/NAME/exec. */
  @Json
  public record Exec(
      @Property("AttachStdin") boolean attachStdin,
      @Property("AttachStdout") boolean attachStdout,
      @Property("AttachStderr") boolean attachStderr,
      @Property("Tty") boolean tty,
      @Property("Cmd") List<String> cmd) {}

  /** POST /exec/ID/start. */
  @Json
  public record ExecStart(@Property("Detach") boolean detach, @Property("Tty") boolean tty) {}

  /** X-Registry-Auth, base64. A secret. */
  @Json
  public record Auth(String username, String password, String serveraddress) {
    @Override
    public String toString() {
      return "Auth[***]";
    }
  }

  /** Filter of events. */
  @Json
  public record EventFilter(List<String> type, List<String> event, List<String> label) {}

  /** Filter of containers. */
  @Json
  public record LabelFilter(List<String> label) {}
}
