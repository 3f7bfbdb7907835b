package dev.temps.lab;

import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import dev.temps.lab.host.Host;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Which labs there are, and which address range a new one gets. Labs may be made by several
 * programs and threads at once: one lock in the process and one on a file between processes.
 */
final class LabIndexes {
  private static final int RANGES = 256;
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private LabIndexes() {}

  /** Names of all labs on this host, also of half-made ones. */
  static List<Name> labs() throws IOException {
    List<Name> names = new ArrayList<>();
    if (Files.isDirectory(LabFiles.all())) {
      try (var found = Files.newDirectoryStream(LabFiles.all(), Files::isDirectory)) {
        for (Path each : found) {
          names.add(Name.parse("lab name", each.getFileName().toString()));
        }
      }
    }
    return names;
  }

  /**
   * Writes down the new lab with a range nobody else has.
   *
   * @throws dev.temps.kit.ProblemException when there is a lab of that name, whole or not
   */
  static LabRecord claim(LabSpec spec) throws IOException {
    IN_PROCESS.lock();
    try (FileChannel channel = lockFile();
        var _ = channel.lock()) {
      LabFiles files = new LabFiles(spec.name());
      if (Files.exists(files.root())) {
        throw Problem.conflict(
                "lab-exists",
                "There is such a lab already.",
                "Lab " + spec.name() + " lies in " + files.root() + ".",
                "Take it down first: temps lab down --name " + spec.name() + ".")
            .raise();
      }
      LabRecord record = new LabRecord(spec, free());
      Files.createDirectories(files.root());
      record.write(files);
      return record;
    } finally {
      IN_PROCESS.unlock();
    }
  }

  /** Removes the lab's files and gives its range back. */
  static void release(Host host, LabFiles files) throws IOException {
    String root = files.root().toString();
    host.must("remove the lab's files", "", "rm", "-rf", "--one-file-system", "--", root);
    IN_PROCESS.lock();
    try (FileChannel channel = lockFile();
        var _ = channel.lock()) {
      if (Files.isDirectory(LabFiles.all()) && labs().isEmpty()) {
        Files.delete(LabFiles.all());
      }
    } finally {
      IN_PROCESS.unlock();
    }
  }

  private static FileChannel lockFile() throws IOException {
    Files.createDirectories(LabFiles.cache());
    return FileChannel.open(
        LabFiles.cache().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static int free() throws IOException {
    List<Integer> taken =
        labs().stream().flatMap(l -> LabRecord.read(l).stream()).map(LabRecord::index).toList();
    return IntStream.range(0, RANGES)
        .filter(index -> !taken.contains(index))
        .findFirst()
        .orElseThrow(() ->
            Problem.conflict(
                    "labs-full",
                    "There is no room for another lab.",
                    "All " + RANGES + " address ranges are taken.",
                    "Take one down: temps lab down --name NAME.")
                .raise());
  }
}
