package dev.temps.agent.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which process holds a socket, from {@code /proc/PID/fd}. Stateless. */
public final class PortOwners {
  private final Path proc;

  /** Looks below {@code proc}, ordinarily {@code /proc}. */
  public PortOwners(Path proc) {
    this.proc = proc;
  }

  /**
   * A process with a socket.
   *
   * @param command its whole command line
   */
  public record Owner(long pid, String name, String command) {
    @Override
    public String toString() {
      return name + " (pid " + pid + ")";
    }
  }

  /** The owner of a socket; empty when it is the kernel's or another machine's. */
  public Optional<Owner> of(String inode) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process, "socket:[" + inode + "]")) {
          return Optional.of(owner(process));
        }
      }
    } catch (IOException e) {
      return Optional.empty(); // Without /proc nobody can be named.
    }
    return Optional.empty();
  }

  private static boolean holds(Path process, String socket) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path file : files) {
        if (Files.isSymbolicLink(file) && Files.readSymbolicLink(file).toString().equals(socket)) {
          return true;
        }
      }
    } catch (IOException e) {
      return false; // It ended meanwhile, or is not ours to look at.
    }
    return false;
  }

  private static Owner owner(Path process) {
    long pid = Long.parseLong(process.getFileName().toString());
    return new Owner(
        pid,
        text(process.resolve("comm")).strip(),
        text(process.resolve("cmdline")).replace('\0', ' ').strip());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return ""; // It ended meanwhile.
    }
  }
}
