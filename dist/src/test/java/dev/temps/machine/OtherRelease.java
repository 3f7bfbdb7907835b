package dev.temps.machine;

import dev.temps.kit.Command;
import dev.temps.lab.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The release under test in another coat, made in seconds: what says its version is a file. */
final class OtherRelease {
  private static final String REPACK =
      """
      set -eu
      archive=$1 folder=$2 version=$3 agent=$4
      mkdir -p "$folder"
      tar -xzf "$archive" -C "$folder"
      cd "$folder/temps"
      sed -i "s/\\"version\\":\\"[^\\"]*\\"/\\"version\\":\\"$version\\"/" release.json
      echo "$version" >version
      if [ "$agent" = broken ]; then
        mv bin/temps bin/whole
        cat >bin/temps <<'BROKEN'
      #!/bin/sh
      if [ "$1" = agent ]; then echo this agent is broken >&2; exit 1; fi
      exec "${0%/*}/whole" "$@"
      BROKEN
        chmod 755 bin/temps
      fi
      cd ..
      tar -cf - temps | gzip -1 >"$folder/archive.tar.gz"
      rm -rf temps
      """;

  private OtherRelease() {}

  /** The same program as version {@code version}. */
  static Path next(Path folder, String version) {
    return repacked(folder.resolve(version), version, "whole");
  }

  /** One whose agent ends at once. */
  static Path broken(Path folder, String version) {
    return repacked(folder.resolve(version), version, "broken");
  }

  private static Path repacked(Path folder, String version, String agent) {
    Command.Result done =
        Command.run(
            Duration.ofMinutes(3),
            "sh",
            "-c",
            REPACK,
            "repack",
            Cluster.release().toAbsolutePath().toString(),
            folder.toAbsolutePath().toString(),
            version,
            agent);
    if (!done.ok()) {
      throw new AssertionError(done.err());
    }
    return folder.resolve("archive.tar.gz");
  }

  /** Copies a file into a machine. */
  static void put(Machine machine, Path file, String to) {
    try {
      Process copy =
          machine
              .program(List.of("sh", "-c", "cat >\"$1\"", "put", to))
              .redirectInput(file.toFile())
              .start();
      if (!copy.waitFor(2, TimeUnit.MINUTES) || copy.exitValue() != 0) {
        throw new AssertionError("can't copy " + file + " to " + machine.name());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
