package dev.temps.agent.runtime.docker;

import static dev.temps.kit.testing.Eventually.eventually;

import dev.temps.kit.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real docker engine and registry of the test's own, in namespaces; ends with {@link #close}. */
public final class PrivateDocker implements AutoCloseable {
  /** Local image with a shell; exposes port 8080. */
  public static final String IMAGE = "temps-test/busybox:1";

  /** Image in the registry only; needs user {@code me}, password {@code right}. */
  public static final String PRIVATE_IMAGE = "127.0.0.1:5000/private:1";

  private final Path dir;
  private final Process process;

  /** Starts it and waits until its images are there. */
  public PrivateDocker() {
    try {
      dir = Files.createTempDirectory("temps-docker");
      Path script = dir.resolve("machine.sh");
      try (var in = PrivateDocker.class.getResourceAsStream("machine.sh")) {
        Files.write(script, in == null ? new byte[0] : in.readAllBytes());
      }
      process =
          new ProcessBuilder(
                  "unshare",
                  "--mount",
                  "--net",
                  "--pid",
                  "--fork",
                  "--kill-child",
                  "--mount-proc",
                  "sh",
                  script.toString(),
                  dir.toString())
              .redirectErrorStream(true)
              .redirectOutput(dir.resolve("log").toFile())
              .start();
      eventually(Duration.ofSeconds(60), "dockerd is up", this::ready, this::logs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean ready() {
    if (!process.isAlive()) {
      throw new IllegalStateException("ended with " + process.exitValue());
    }
    return Files.exists(dir.resolve("ready"));
  }

  private String logs() {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("log", "dockerd.log", "registry.log")) {
      try {
        all.append(Files.readString(dir.resolve(name), StandardCharsets.UTF_8));
      } catch (IOException e) {
        all.append(name).append(": ").append(e);
      }
    }
    return all.toString();
  }

  /** Where the engine listens. */
  public Path socket() {
    return dir.resolve("docker.sock");
  }

  /** Runs a program in the engine's process and mount namespace, and network if wanted. */
  public Command.Result inside(boolean network, List<String> argv) {
    long init = process.children().findFirst().orElseThrow().pid();
    List<String> enter =
        Stream.of("nsenter", "-t", Long.toString(init), "-m", "-p", network ? "-n" : "-m").toList();
    List<String> all = Stream.concat(enter.stream(), argv.stream()).toList();
    return Command.run(all, "", Duration.ofSeconds(60));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(20, TimeUnit.SECONDS);
      try (Stream<Path> files = Files.walk(dir)) {
        files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
