package dev.temps.agent.upgrade;

import dev.temps.contract.json.Json;
import dev.temps.contract.release.ReleaseFacts;
import dev.temps.contract.release.ReleasePlaces;
import dev.temps.kit.Command;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Unpacks a release beside the present one and tries whether it starts; the present one is not
 * touched. Older ones go, to make room. One thread at a time.
 */
public final class ReleaseUnpacker {
  private static final Duration UNPACK_LIMIT = Duration.ofMinutes(5);
  private static final Duration TRY_LIMIT = Duration.ofSeconds(60);
  private static final int UNPACKED_FACTOR = 4; // an unpacked release is some three times as large
  private static final int NAME_CHARS = 16;

  private final ReleasePlaces places;

  /** For a machine with these places. */
  public ReleaseUnpacker(ReleasePlaces places) {
    this.places = places;
  }

  /**
   * Unpacks an archive whose hash was checked.
   *
   * @return the folder it is in now
   * @throws ProblemException when it is no release that can run here, or there is no room
   */
  public Path unpack(Path archive, String sha256) throws IOException {
    Files.createDirectories(places.releases());
    Path home = places.releases().toRealPath().resolve(sha256.substring(0, NAME_CHARS));
    Path present = Files.exists(places.link()) ? places.link().toRealPath() : places.link();
    if (home.equals(present)) {
      return home;
    }
    makeRoom(present);
    room(places.releases(), Files.size(archive) * UNPACKED_FACTOR);
    Path fresh = places.releases().resolve("new");
    Files.createDirectories(fresh);
    Command.Result tar =
        Command.run(
            UNPACK_LIMIT,
            "tar",
            "-xzf",
            archive.toString(),
            "-C",
            fresh.toString(),
            "--strip-components=1",
            "--no-same-owner");
    if (!tar.ok()) {
      remove(fresh);
      throw broken("It can't be unpacked: " + tar.err().strip()).raise();
    }
    tryOut(fresh);
    // All of it is on disk before anything points to it: a trial may be over before the system's
    // own time to write, and there is no way back after it.
    Command.Result synced = Command.run(UNPACK_LIMIT, "sync", "-f", fresh.toString());
    if (!synced.ok()) {
      throw broken("It can't be written: " + synced.err().strip()).raise();
    }
    return Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Insists on room for so many bytes.
   *
   * @throws ProblemException 507 when there is less
   */
  static void room(Path folder, long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes) {
      throw Problem.of(
              "disk-full",
              507,
              "There is not enough room for another release.",
              "%s has %d MiB left, %d are needed.".formatted(folder, free >> 20, (bytes >> 20) + 1),
              "Make room on that disk and start again.")
          .raise();
    }
  }

  private static void tryOut(Path home) throws IOException {
    ReleaseFacts facts = facts(home);
    if (!facts.platform().equals(ReleaseFacts.PLATFORM)) {
      throw broken("It is for " + facts.platform() + ", not " + ReleaseFacts.PLATFORM + ".")
          .raise();
    }
    Command.Result said = Command.run(TRY_LIMIT, home.resolve("bin/temps").toString(), "version");
    if (!said.ok() || !said.out().contains(facts.version())) {
      String why = (said.err() + said.out()).strip();
      throw broken("It does not start here: exit %d, %s".formatted(said.exit(), why)).raise();
    }
  }

  /**
   * What the release in a folder says of itself.
   *
   * @throws ProblemException when it says nothing
   */
  public static ReleaseFacts facts(Path home) throws IOException {
    Path file = home.resolve(ReleaseFacts.FILE);
    if (!Files.isRegularFile(file) || !Files.isExecutable(home.resolve("bin/temps"))) {
      throw broken("It lacks bin/temps or " + ReleaseFacts.FILE + ".").raise();
    }
    return Json.read(ReleaseFacts.class, Files.readString(file));
  }

  private static Problem broken(String why) {
    return Problem.of(
        "release-broken",
        422,
        "That is no release that can run on this machine.",
        why,
        "Use the archive temps-VERSION-linux-x64.tar.gz of a release.");
  }

  private void makeRoom(Path present) throws IOException {
    List<Path> old;
    try (Stream<Path> all = Files.list(places.releases())) {
      old = all.filter(p -> !p.equals(present)).toList();
    }
    for (Path one : old) {
      remove(one);
    }
  }

  private static void remove(Path tree) throws IOException {
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      List<Path> inside;
      try (Stream<Path> all = Files.list(tree)) {
        inside = all.toList();
      }
      for (Path one : inside) {
        remove(one);
      }
    }
    Files.deleteIfExists(tree);
  }
}
