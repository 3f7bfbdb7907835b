package dev.temps.lab.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reading, writing and removing cgroup directories, the same in both versions. */
final class CgroupFiles {
  private static final Duration REMOVE_LIMIT = Duration.ofSeconds(10);

  private CgroupFiles() {}

  static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "";
    }
  }

  static void write(Path file, String value) {
    try {
      Files.writeString(file, value);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + value + " to " + file, e);
    }
  }

  /** Tries twice: a lab that is going down may remove the common parent at the wrong moment. */
  static void makeDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException first) {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw new UncheckedIOException("could not make the cgroup " + directory, e);
      }
    }
  }

  /** All pids in the tree; a subtree that vanishes meanwhile has none. */
  static Set<Long> processes(Path tree) {
    Set<Long> pids = new HashSet<>();
    for (Path directory : deepestFirst(tree)) {
      read(directory.resolve("cgroup.procs")).lines().map(Long::valueOf).forEach(pids::add);
    }
    return pids;
  }

  /** Removes the tree, waiting up to 10 s for its last processes to be gone. */
  static void remove(Host host, Path tree) {
    if (!host.until(REMOVE_LIMIT, () -> tryRemove(tree))) {
      throw new UncheckedIOException(new IOException("the cgroup " + tree + " can't be removed"));
    }
  }

  /** Removes a directory that has no cgroups below; leaves it when it has. */
  static void removeIfEmpty(Path directory) {
    if (Files.isDirectory(directory) && deepestFirst(directory).size() == 1) {
      var _ = tryRemove(directory);
    }
  }

  private static boolean tryRemove(Path tree) {
    for (Path directory : deepestFirst(tree)) {
      try {
        Files.deleteIfExists(directory);
      } catch (DirectoryNotEmptyException e) {
        return false;
      } catch (IOException e) {
        return false; // EBUSY: a process in it is still ending.
      }
    }
    return true;
  }

  private static List<Path> deepestFirst(Path tree) {
    List<Path> all = new ArrayList<>();
    collect(tree, all);
    return all;
  }

  private static void collect(Path directory, List<Path> into) {
    try (var children = Files.newDirectoryStream(directory, Files::isDirectory)) {
      for (Path child : children) {
        collect(child, into);
      }
      into.add(directory);
    } catch (NoSuchFileException e) {
      return; // Nothing there, or removed by its owner just now.
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the cgroup " + directory, e);
    }
  }
}
