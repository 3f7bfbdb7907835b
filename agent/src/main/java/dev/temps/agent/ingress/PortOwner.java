package dev.temps.agent.ingress;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds who listens on a TCP port of this machine. Stateless. */
public final class PortOwner {
  private static final String LISTENING = "0A"; // TCP_LISTEN in /proc/net/tcp
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private PortOwner() {}

  /**
   * The listening program as {@code name (pid N)}, {@code another program} when it can't be named;
   * empty when nobody listens.
   */
  public static Optional<String> of(int port) {
    Set<String> sockets = new HashSet<>();
    for (Path table : TABLES) {
      sockets.addAll(listening(table, port));
    }
    return sockets.isEmpty() ? Optional.empty() : Optional.of(holder(sockets));
  }

  private static Set<String> listening(Path table, int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    Set<String> found = new HashSet<>();
    try {
      for (String line : Files.readAllLines(table)) {
        String[] fields = line.trim().split("\\s+");
        if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
          found.add("socket:[" + fields[9] + "]");
        }
      }
    } catch (IOException e) {
      return Set.of(); // no such address family here
    }
    return found;
  }

  private static String holder(Set<String> sockets) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, sockets)) {
          String name = Files.readString(process.resolve("comm")).strip();
          return name + " (pid " + process.getFileName() + ")";
        }
      }
    } catch (IOException e) {
      return "another program"; // it ended while we looked, or /proc hides it
    }
    return "another program";
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (sockets.contains(Files.readSymbolicLink(file).toString())) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // it ended, or it is not ours to look at
    }
    return false;
  }
}
