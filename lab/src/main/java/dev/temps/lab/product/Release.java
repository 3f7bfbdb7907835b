package dev.temps.lab.product;

import dev.temps.kit.Problem;
import dev.temps.lab.Lab;
import dev.temps.lab.Machine;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A release of Temps on this host, to be put on a machine: an archive, or the folder of an unpacked
 * one.
 *
 * @param source absolute path
 */
public record Release(Path source) {
  private static final Duration COPY_LIMIT = Duration.ofMinutes(2);
  private static final Duration SHORT_LIMIT = Duration.ofSeconds(20);
  private static final String ELSE =
      "Give one with --release FILE.tar.gz, or make machines without Temps with --machines-only.";

  /**
   * The archive that was asked for, else the release this program runs from.
   *
   * @param home folder of the running release, empty when it runs from none
   * @throws dev.temps.kit.ProblemException when there is none
   */
  public static Release find(@Nullable Path archive, Optional<Path> home) {
    if (archive != null) {
      if (!Files.isRegularFile(archive)) {
        throw Problem.missing("release", archive.toString(), "It has to be a .tar.gz file.")
            .raise();
      }
      return new Release(archive.toAbsolutePath());
    }
    Path folder =
        home.orElseThrow(() ->
            Problem.of(
                    "no-release",
                    422,
                    "There is no release to put on the machines.",
                    "This program doesn't run from an unpacked one.",
                    ELSE)
                .raise());
    if (!Files.isExecutable(folder.resolve("bin/temps"))) {
      throw Problem.missing("release", folder.toString(), "It lacks bin/temps. " + ELSE).raise();
    }
    return new Release(folder.toAbsolutePath());
  }

  /** The folder this program runs from, as its launcher says. */
  public static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("temps.home", System.getenv("TEMPS_HOME")))
        .map(Path::of);
  }

  /**
   * Puts it in {@code /opt/temps} of the machine, in place of what is there, and on the path: as
   * somebody does who unpacks the archive.
   */
  public void install(Lab lab, Machine machine) {
    machine
        .script(
            """
            rm -rf /opt/temps /opt/temps-releases
            mkdir -p /opt/temps /usr/local/bin
            """,
            SHORT_LIMIT)
        .must("make room for the release");
    Path errors = lab.directory().resolve("release.log");
    try {
      copy(machine, errors.toFile());
      Files.delete(errors);
    } catch (IOException e) {
      throw new UncheckedIOException("could not copy the release", e);
    }
    machine
        .script(
            """
            test -x /opt/temps/bin/temps || { echo "It lacks bin/temps." >&2; exit 1; }
            ln -sfn /opt/temps/bin/temps /usr/local/bin/temps
            """,
            SHORT_LIMIT)
        .must("put the release " + source + " on the path");
  }

  private void copy(Machine machine, File errors) throws IOException {
    ProcessBuilder.Redirect log = ProcessBuilder.Redirect.appendTo(errors);
    List<String> unpack = new ArrayList<>(List.of("tar", "-x", "-C", "/opt/temps", "-f", "-"));
    unpack.add("--no-same-owner");
    List<Process> processes;
    if (Files.isRegularFile(source)) {
      unpack.addAll(List.of("-z", "--strip-components=1"));
      ProcessBuilder builder = machine.program(unpack).redirectInput(source.toFile());
      processes = List.of(builder.redirectError(log).start());
    } else {
      processes =
          ProcessBuilder.startPipeline(
              List.of(
                  new ProcessBuilder("tar", "-c", "-C", source.toString(), "-f", "-", ".")
                      .redirectError(log),
                  machine.program(unpack).redirectError(log)));
    }
    for (Process process : processes) {
      await(process, errors.toPath());
    }
  }

  private void await(Process process, Path errors) throws IOException {
    try {
      boolean ended = process.waitFor(COPY_LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (ended && process.exitValue() == 0) {
        return;
      }
      process.destroyForcibly();
      String why =
          ended
              ? Files.readString(errors).strip()
              : "It took longer than " + COPY_LIMIT.toSeconds() + " s.";
      throw Problem.of(
              "lab-release",
              500,
              "The release could not be put on a machine.",
              source + ": " + why,
              "Is it a whole release? " + ELSE)
          .raise();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
