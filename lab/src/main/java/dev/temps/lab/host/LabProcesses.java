package dev.temps.lab.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds and ends the processes of a lab by the label in their environment. A pid read from a file
 * is never trusted without it. Thread-safe.
 */
public final class LabProcesses {
  /** Name of the environment variable every process of a lab starts with. */
  public static final String LABEL = "TEMPS_LAB";

  private LabProcesses() {}

  /** Whether the process lives and was started for exactly this part of a lab. */
  public static boolean carries(long pid, String label) {
    return environment(pid).contains("\0" + LABEL + "=" + label + "\0");
  }

  /** Pids of all living processes whose label starts with {@code prefix}. */
  public static List<Long> withPrefix(String prefix) {
    List<Long> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path entry : entries) {
        long pid = Long.parseLong(entry.getFileName().toString());
        if (environment(pid).contains("\0" + LABEL + "=" + prefix)) {
          found.add(pid);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("could not list /proc", e);
    }
    return found;
  }

  /** Ends these processes with SIGKILL; those already gone are skipped. Never ends this one. */
  public static void kill(Iterable<Long> pids) {
    for (long pid : pids) {
      if (pid > 1 && pid != ProcessHandle.current().pid()) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  /** Whether none of these processes lives within the limit. */
  public static boolean gone(Host host, Set<Long> pids, Duration limit) {
    return host.until(limit, () -> pids.stream().noneMatch(LabProcesses::lives));
  }

  /** A zombie has no environment left, which is what tells it from a living process. */
  private static boolean lives(long pid) {
    return !environment(pid).isEmpty();
  }

  /** The environment with a NUL on both ends; empty for zombies, kernel threads and the gone. */
  private static String environment(long pid) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
      return bytes.length == 0 ? "" : "\0" + new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // Gone between listing and reading.
    }
  }
}
