package dev.temps.agent.runtime.docker;

import io.avaje.jsonb.Json;
import io.avaje.jsonb.Json.Naming;
import io.avaje.jsonb.Json.Property;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The few fields of the engine's answers that are read. Whatever may be missing is nullable. */
public final class Docker {
  private Docker() {}

  /** GET /version. */
  @Json(naming = Naming.UpperCamel)
  public record Version(
      String version,
      String apiVersion,
      @Property("MinAPIVersion") @Nullable String minApiVersion,
      String arch) {}

  /** Every error. */
  @Json
  public record Message(String message) {
    /** Never null, though an engine may leave it out. */
    public Message {
      message = message == null ? "" : message;
    }
  }

  /** GET /networks/NAME. */
  @Json(naming = Naming.UpperCamel)
  public record Network(
      String name,
      @Nullable String driver,
      @Property("IPAM") @Nullable Ipam ipam,
      @Nullable Map<String, String> options,
      @Nullable Map<String, Member> containers) {}

  /** A container on a network. */
  @Json(naming = Naming.UpperCamel)
  public record Member(@Nullable String name) {}

  /** Address plan of a network. */
  @Json(naming = Naming.UpperCamel)
  public record Ipam(@Nullable List<Pool> config) {}

  /** One pool of it. */
  @Json(naming = Naming.UpperCamel)
  public record Pool(@Nullable String subnet, @Nullable String gateway) {}

  /** GET /images/NAME/json. */
  @Json(naming = Naming.UpperCamel)
  public record Image(
      String id,
      @Nullable String architecture,
      @Nullable List<String> repoDigests,
      @Nullable ImageConfig config) {}

  /** What an image says of its containers; the values of the map are always empty. */
  @Json(naming = Naming.UpperCamel)
  public record ImageConfig(@Nullable Map<String, Object> exposedPorts) {}

  /** GET /distribution/NAME/json. */
  @Json(naming = Naming.UpperCamel)
  public record Distribution(Descriptor descriptor, @Nullable List<Platform> platforms) {}

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
  @Json(naming = Naming.UpperCamel)
  public record Row(String id, List<String> names, String state) {}

  /** GET /containers/NAME/json. */
  @Json(naming = Naming.UpperCamel)
  public record Container(String id, String name, String image, State state, Config config) {}

  /** Its state. */
  @Json(naming = Naming.UpperCamel)
  public record State(
      String status,
      int exitCode,
      @Property("OOMKilled") boolean outOfMemory,
      @Nullable String error,
      @Nullable String startedAt,
      @Nullable String finishedAt) {}

  /** What it was made from. */
  @Json(naming = Naming.UpperCamel)
  public record Config(boolean tty, @Nullable Map<String, String> labels) {}

  /** Answers that only name something new. */
  @Json(naming = Naming.UpperCamel)
  public record Made(String id) {}

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
  @Json(naming = Naming.UpperCamel)
  public record Actor(@Nullable Map<String, String> attributes) {}
}
