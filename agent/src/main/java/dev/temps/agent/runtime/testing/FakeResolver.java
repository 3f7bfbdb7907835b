package dev.temps.agent.runtime.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A container's {@code /etc/resolv.conf}, which can be looked at. Stateless. */
final class FakeResolver {
  private static final List<String> LOOK = List.of("cat", "/etc/resolv.conf");

  private FakeResolver() {}

  /** The command, or one that says what stands in the file when that is what it asks. */
  static List<String> shown(List<String> command, @Nullable String resolver) {
    if (!command.equals(LOOK)) {
      return command;
    }
    try {
      List<String> lines =
          resolver == null
              ? List.of("nameserver 127.0.0.11")
              : Files.readAllLines(Path.of(resolver));
      return List.of(lines.stream().map(line -> "echo " + line).collect(Collectors.joining(";")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
