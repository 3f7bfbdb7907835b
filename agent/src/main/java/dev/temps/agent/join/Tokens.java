package dev.temps.agent.join;

import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a join token comes from; never from an argument, which every user of a machine can read.
 */
public final class Tokens {
  /** Variable that may hold it. */
  public static final String VARIABLE = "TEMPS_JOIN_TOKEN";

  private static final int LENGTH_MAX = 4_096;

  private Tokens() {}

  /**
   * Reads it from a file, from standard input when the file is {@code -}, else from the variable.
   *
   * @return empty when none of them is given
   * @throws dev.temps.kit.ProblemException 422 when the file can't be read
   */
  public static Optional<Secret> read(
      @Nullable String file, Map<String, String> environment, InputStream input) {
    if (file == null) {
      return Optional.ofNullable(environment.get(VARIABLE))
          .filter(t -> !t.isBlank())
          .map(Secret::new);
    }
    try (InputStream from = file.equals("-") ? input : Files.newInputStream(Path.of(file))) {
      byte[] bytes = from.readNBytes(LENGTH_MAX);
      return Optional.of(new Secret(new String(bytes, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw Problem.invalid(
              "join-token", "The token file can't be read: " + e + ".", "Look at --token-file.")
          .raise();
    }
  }
}
