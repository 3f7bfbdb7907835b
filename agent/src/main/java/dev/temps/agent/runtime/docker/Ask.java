package dev.temps.agent.runtime.docker;

import io.avaje.jsonb.Json;
import io.avaje.jsonb.Json.Naming;
import io.avaje.jsonb.Json.Property;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies of our requests to the engine; null members are left out. */
public final class Ask {
  private Ask() {}

  /** POST /networks/create. */
  @Json(naming = Naming.UpperCamel)
  public record Network(
      String name,
      String driver,
      boolean checkDuplicate,
      @Property("IPAM") Ipam ipam,
      Map<String, String> options,
      Map<String, String> labels) {}

  /** Address plan. */
  @Json(naming = Naming.UpperCamel)
  public record Ipam(List<Pool> config) {}

  /** One pool of it. */
  @Json(naming = Naming.UpperCamel)
  public record Pool(String subnet, String gateway) {}

  /** POST /containers/create. Holds secrets. */
  @Json(naming = Naming.UpperCamel)
  public record Container(
      String hostname,
      String image,
      List<String> env,
      @Nullable List<String> cmd,
      Map<String, String> labels,
      boolean tty,
      @Nullable String macAddress,
      HostConfig hostConfig,
      @Nullable Networking networkingConfig) {
    @Override
    public String toString() {
      return "Container[" + hostname + "]";
    }
  }

  /** Limits and rights; {@code memorySwap} equal to {@code memory} means: no swap. */
  @Json(naming = Naming.UpperCamel)
  public record HostConfig(
      @Nullable String networkMode,
      RestartPolicy restartPolicy,
      long nanoCpus,
      long memory,
      long memorySwap,
      long pidsLimit,
      List<String> capDrop,
      List<String> securityOpt,
      LogConfig logConfig) {}

  /** Whether the engine starts it again: never, that is the agent's. */
  @Json(naming = Naming.UpperCamel)
  public record RestartPolicy(String name) {}

  /** Where its log goes. */
  @Json(naming = Naming.UpperCamel)
  public record LogConfig(String type, Map<String, String> config) {}

  /** Networks by name. */
  @Json(naming = Naming.UpperCamel)
  public record Networking(Map<String, Endpoint> endpointsConfig) {}

  /** Place on a network. */
  @Json(naming = Naming.UpperCamel)
  public record Endpoint(@Property("IPAMConfig") Address address, @Nullable String macAddress) {}

  /** Address there. */
  @Json
  public record Address(@Property("IPv4Address") String ipv4) {}

  /** POST /containers/NAME/exec. */
  @Json(naming = Naming.UpperCamel)
  public record Exec(
      boolean attachStdin,
      boolean attachStdout,
      boolean attachStderr,
      boolean tty,
      List<String> cmd) {}

  /** POST /exec/ID/start. */
  @Json(naming = Naming.UpperCamel)
  public record ExecStart(boolean detach, boolean tty) {}

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
