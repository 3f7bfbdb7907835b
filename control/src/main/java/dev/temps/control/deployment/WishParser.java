package dev.temps.control.deployment;

import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.api.DeployRequest;
import dev.temps.control.image.ImageRef;
import dev.temps.control.node.Labels;
import dev.temps.control.project.AppName;
import dev.temps.control.project.VariableRules;
import dev.temps.control.scheduler.Amounts;
import dev.temps.control.volume.VolumePaths;
import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses a deploy request at the edge: each refusal names the field, the value and the rule. */
final class WishParser {
  static final int REPLICAS_MAX = 100;
  private static final long CPU_MAX_MILLIS = 1_024_000; // the largest machines have 1,024 threads
  private static final long MEMORY_MIN_BYTES = 6L << 20; // what Docker itself insists on
  private static final long MEMORY_MAX_BYTES = 64L << 40;
  private static final int PORT_MAX = 65_535;
  private static final int COMMAND_WORDS_MAX = 200;
  private static final int COMMAND_LENGTH_MAX = 64 << 10;
  private static final Set<String> PROTOCOLS = Set.of("http", RouteSpec.H2C);
  private static final Pattern PATH = Pattern.compile("/[!-~]{0,499}");

  private WishParser() {}

  static Wish parse(DeployRequest request) {
    return new Wish(
        AppName.parse(needed("project", request.project()), request.environment()),
        ImageRef.parse(needed("image", request.image())),
        replicas(request.replicas()),
        request.node(),
        request.require() == null ? null : Labels.rules(request.require()),
        request.avoid() == null ? null : Labels.rules(request.avoid()),
        request.env() == null ? null : VariableRules.checked(request.env()),
        request.command() == null ? null : command(request.command()),
        cpu(request.cpuMillis()),
        memory(request.memoryBytes()),
        port(request.port()),
        healthPath(request.healthPath()),
        RolloutParser.checked(request.rollout(), request.healthPath()),
        request.volumes() == null ? null : VolumePaths.checked(request.volumes()),
        request.exclusive(),
        protocol(request.protocol()),
        request.placement());
  }

  static String needed(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw Problem.invalid(
              field, "The member \"" + field + "\" is missing or empty.", "Give it a value.")
          .raise();
    }
    return value;
  }

  /** Checks a number of replicas. */
  static @Nullable Integer replicas(@Nullable Integer replicas) {
    if (replicas != null && (replicas < 0 || replicas > REPLICAS_MAX)) {
      throw Problem.invalid(
              "replicas",
              replicas + " replicas are not possible.",
              "Use a whole number from 0 to " + REPLICAS_MAX + ".")
          .raise();
    }
    return replicas;
  }

  static @Nullable Long cpu(@Nullable Long millis) {
    if (millis != null && (millis < 0 || millis > CPU_MAX_MILLIS)) {
      throw Problem.invalid(
              "cpu",
              millis + " thousandths of a core are not possible.",
              "Use 1 to " + CPU_MAX_MILLIS + ", e.g. 250 for a quarter of a core; 0 for no limit.")
          .raise();
    }
    return millis;
  }

  static @Nullable Long memory(@Nullable Long bytes) {
    if (bytes != null && bytes != 0 && (bytes < MEMORY_MIN_BYTES || bytes > MEMORY_MAX_BYTES)) {
      throw Problem.invalid(
              "memory",
              bytes + " bytes are not possible.",
              "Use "
                  + Amounts.memory(MEMORY_MIN_BYTES)
                  + " to "
                  + Amounts.memory(MEMORY_MAX_BYTES)
                  + ", or 0 for no limit.")
          .raise();
    }
    return bytes;
  }

  private static @Nullable Integer port(@Nullable Integer port) {
    if (port != null && (port < 1 || port > PORT_MAX)) {
      throw Problem.invalid(
              "port", port + " is not a TCP port.", "Use a number from 1 to " + PORT_MAX + ".")
          .raise();
    }
    return port;
  }

  private static @Nullable String protocol(@Nullable String protocol) {
    if (protocol != null && !PROTOCOLS.contains(protocol)) {
      throw Problem.invalid(
              "protocol",
              Text.quoted(protocol) + " is not a protocol of apps.",
              "Use http, or h2c for HTTP/2 without TLS, as gRPC servers speak it.")
          .raise();
    }
    return protocol;
  }

  private static @Nullable String healthPath(@Nullable String path) {
    if (path != null && !path.isEmpty() && !PATH.matcher(path).matches()) {
      throw Problem.invalid(
              "health-path",
              Text.quoted(path) + " is not a path.",
              "Start with / and use at most 500 printable ASCII characters without spaces.")
          .raise();
    }
    return path;
  }

  static List<String> command(List<String> words) {
    long length = 0;
    for (String word : words) {
      if (word == null || word.indexOf('\0') >= 0) {
        throw Problem.invalid(
                "command", "A word of the command holds a NUL character.", "Give it as text.")
            .raise();
      }
      length += word.length();
    }
    if (words.size() > COMMAND_WORDS_MAX || length > COMMAND_LENGTH_MAX) {
      throw Problem.invalid(
              "command",
              "The command has " + words.size() + " words of " + length + " characters.",
              "At most " + COMMAND_WORDS_MAX + " words; put the rest into a script in the image.")
          .raise();
    }
    return words;
  }
}
