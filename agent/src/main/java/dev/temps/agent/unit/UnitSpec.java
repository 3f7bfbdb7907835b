package dev.temps.agent.unit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One program that is to run beside the agent. Immutable.
 *
 * @param name file-name safe, e.g. {@code temps-haproxy}
 * @param argv program and arguments, each without line breaks; never a secret, everyone reads argv
 * @param env variables on top of a small clean environment; kept in a file of mode 0600
 * @param restart whether it starts again after it ended by itself
 * @param workingDir its folder, which must exist
 */
public record UnitSpec(
    String name, List<String> argv, Map<String, String> env, Restart restart, Path workingDir) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** When a program that ended by itself starts again. */
  public enum Restart {
    /** Whatever its exit code was. */
    always,
    /** Unless its exit code was 0. */
    onFailure
  }

  public UnitSpec {
    argv = List.copyOf(argv);
    env = Map.copyOf(env);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a unit name");
    }
    if (argv.isEmpty() || argv.stream().anyMatch(UnitSpec::hasBreak)) {
      throw new IllegalArgumentException(name + ": arguments must be there, without line breaks");
    }
    if (!env.keySet().stream().allMatch(k -> VARIABLE.matcher(k).matches())
        || env.values().stream().anyMatch(UnitSpec::hasBreak)) {
      throw new IllegalArgumentException(name + ": a variable has a bad name or a line break");
    }
  }

  /** A program that always runs, from the root folder, with nothing in its environment. */
  public static UnitSpec always(String name, List<String> argv) {
    return new UnitSpec(name, argv, Map.of(), Restart.always, Path.of("/"));
  }

  /** The variables in a stable order. */
  SortedMap<String, String> sortedEnv() {
    return new TreeMap<>(env);
  }

  /** Names this spec's content: two specs with the same hash are the same program. */
  String hash() {
    StringBuilder text = new StringBuilder();
    argv.forEach(arg -> text.append(arg).append('\n'));
    text.append('\0');
    sortedEnv().forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    text.append('\0').append(restart).append('\0').append(workingDir);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Without the values of the environment. */
  @Override
  public String toString() {
    return "UnitSpec[" + name + " " + argv + " env " + sortedEnv().keySet() + "]";
  }

  private static boolean hasBreak(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0;
  }
}
