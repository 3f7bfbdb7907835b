package dev.temps.control.http;

import dev.temps.kit.Command;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The release that new machines download: the archive this program came in, or one packed once from
 * the program's own folder. Either has one top folder. Thread-safe.
 */
public final class ReleaseArchive {
  private static final Duration PACK_LIMIT = Duration.ofMinutes(3);

  private final Path archive;
  private final Path home;
  private final Path cache;
  private final ReentrantLock packing = new ReentrantLock();

  /**
   * A release.
   *
   * @param archive the archive, used when it is there
   * @param home folder of the installed program, packed otherwise
   * @param cache folder for what was packed
   */
  public ReleaseArchive(Path archive, Path home, Path cache) {
    this.archive = archive;
    this.home = home;
    this.cache = cache;
  }

  /**
   * The file to send.
   *
   * @throws ProblemException 503 when there is neither an archive nor an installed program
   */
  public Path file() {
    if (Files.isRegularFile(archive)) {
      return archive;
    }
    packing.lock();
    try {
      return packed();
    } catch (IOException e) {
      throw new ProblemException(missing(String.valueOf(e.getMessage())), e);
    } finally {
      packing.unlock();
    }
  }

  private Path packed() throws IOException {
    Path launcher = home.resolve("bin/temps");
    if (!Files.isExecutable(launcher)) {
      throw missing("neither " + archive + " nor " + launcher + " is there").raise();
    }
    // The folder's own name: an upgrade puts every release in another one.
    long stamp = Files.getLastModifiedTime(launcher).toMillis();
    String folder = home.toRealPath().getFileName().toString();
    Path file = cache.resolve("temps-linux-x64-" + folder + "-" + stamp + ".tar.gz");
    if (Files.isRegularFile(file)) {
      return file;
    }
    Files.createDirectories(cache);
    Path half = cache.resolve("half.tar.gz");
    List<String> argv =
        List.of(
            "tar",
            "-czf",
            half.toString(),
            "--exclude=share/release",
            "-C",
            home.resolve("..").toString(),
            home.getFileName().toString());
    Command.Result result = Command.run(argv, "", PACK_LIMIT);
    if (!result.ok()) {
      throw missing("tar ended with " + result.exit() + ": " + result.err().strip()).raise();
    }
    return Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Problem missing(String why) {
    return Problem.of(
        "release-missing",
        503,
        "This control plane has no release to give to new machines.",
        why,
        "Install it from its release archive, or install the new machine by hand.");
  }
}
