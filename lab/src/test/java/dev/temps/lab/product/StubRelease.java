package dev.temps.lab.product;

import dev.temps.kit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A release whose program is a script that does and says just enough. */
public final class StubRelease {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final List<String> FILES =
      List.of("bin/temps", "libexec/temps-supervise", "cgi-bin/join");

  private StubRelease() {}

  /**
   * Its unpacked folder.
   *
   * @param refused what it refuses to do: {@code join}
   */
  public static Path folder(Path where, String... refused) throws IOException {
    Path folder = where.resolve("temps-0-stub");
    for (String name : FILES) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      try (var in = Objects.requireNonNull(StubRelease.class.getResourceAsStream(name), name)) {
        Files.write(file, in.readAllBytes());
      }
      if (!file.toFile().setExecutable(true, false)) {
        throw new IOException("could not make it executable: " + file);
      }
    }
    for (String each : refused) {
      Files.createFile(folder.resolve("refuse-" + each));
    }
    return folder;
  }

  /** As above, as an archive. */
  public static Path archive(Path where, String... refused) throws IOException {
    Path folder = folder(where, refused);
    Path archive = where.resolve("temps.tar.gz");
    List<String> argv =
        Stream.of("tar", "-czf", archive.toString(), "-C", where.toString(), folder.getFileName())
            .map(Object::toString)
            .toList();
    Command.Result result = Command.run(argv, "", LIMIT);
    if (!result.ok()) {
      throw new IOException(result.err());
    }
    return archive;
  }
}
