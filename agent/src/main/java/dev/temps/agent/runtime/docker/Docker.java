package dev.temps.agent.runtime.docker;

import io.avaje.jsonb.Json;
import io.avaje.jsonb.Json.Property;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The few fields of the engine's answers that are read. Whatever may be missing is nullable. */
public final class Docker {
  private Docker() {}

  /** GET /version. */
  @Json
  public record Version(
      @Property("Version") String version,
      @Property("ApiVersion") String apiVersion,
      @Property("MinAPIVersion") @Nullable String minApiVersion,
      @Property("Arch") String arch) {}

  /** Every error. */
  @Json
  public record Message(String message) {
    /** Never null, though an engine may leave it out. */
    public Message {
      message = message == null ? "" : message;
    }
  }

  /** GET /networks/NAME. */
  @Json
  public record Network(
      @Property("Name") String name,
      @Property("Driver") @Nullable String driver,
      @Property("IPAM") @Nullable Ipam ipam,
      @Property("Options") @Nullable Map<String, String> options,
      @Property("Containers") @Nullable Map<String, Member> containers) {}

  /** A container on a network. */
  @Json
  public record Member(@Property("Name") @Nullable String name) {}

  /** Address plan of a network. */
  @Json
  public record Ipam(@Property("Config") @Nullable List<Pool> config) {}

  /** One pool of it. */
  @Json
  public record Pool(
      @Property("Subnet") @Nullable String subnet, @Property("Gateway") @Nullable String gateway) {}

  /** GET /images/NAME/json. */
  @Json
  public record Image(
      @Property("Id") String id,
      @Property("Architecture") @Nullable String architecture,
      @Property("RepoDigests") @Nullable List<String> repoDigests,
      @Property("Config") @Nullable ImageConfig config) {}

  /** What an image says of its containers; the values of the map are always empty. */
  @Json
  public record ImageConfig(@Property("ExposedPorts") @Nullable Map<String, Object> exposedPorts) {}

  /** GET /distribution/NAME/json. */
  @Json
  public record Distribution(
      @Property("Descriptor") Descriptor descriptor,
      @Property("Platforms") @Nullable List<Platform> platforms) {}

  /** What the registry calls it. */
  @Json
  public record Descriptor(String digest) {}

  /** One platform of an image; attestations are {@code unknown}. */
  @Json
  public record Platform(@Nullable String architecture, @Nullable String os) {}

  /** One line of a pull. */
  @Json
  public record Progress(@Nullable String status, @Nullable String id, @Nullable String error) {}

  /** One row of GET /containers/json. */
  @Json
  public record Row(
      @Property("Id") String id,
      @Property("Names") List<String> names,
      @Property("State") String state) {}

  /** GET /containers/NAME/json. */
  @Json
  public record Container(
      @Property("Id") String id,
      @Property("Name") String name,
      @Property("Image") String image,
      @Property("State") State state,
      @Property("Config") Config config) {}

  /** Its state. */
  @Json
  public record State(
      @Property("Status") String status,
      @Property("ExitCode") int exitCode,
      @Property("OOMKilled") boolean outOfMemory,
      @Property("Error") @Nullable String error,
      @Property("StartedAt") @Nullable String startedAt,
      @Property("FinishedAt") @Nullable String finishedAt) {}

  /** What it was made from. */
  @Json
  public record Config(
      @Property("Tty") boolean tty, @Property("Labels") @Nullable Map<String, String> labels) {}

  /** Answers that only name something new. */
  @Json
  public record Made(@Property("Id") String id) {}

  /** GET /exec/ID/json. */
  @Json
  public record Exec(
      @Property("Running") boolean running,
      @Property("ExitCode") @Nullable Integer exitCode,
      @Property("Pid") int pid,
      @Property("ContainerID") @Nullable String containerId) {}

  /** One line of GET /events. */
  @Json
  public record Event(
      @Property("Action") @Nullable String action, @Property("Actor") @Nullable Actor actor) {}

  /** Whom it happened to. */
  @Json
  public record Actor(@Property("Attributes") @Nullable Map<String, String> attributes) {}
}
