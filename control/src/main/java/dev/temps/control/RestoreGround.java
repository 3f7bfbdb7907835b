package dev.temps.control;

import dev.temps.control.backup.Pieces;
import dev.temps.control.backup.SnapshotFile;
import dev.temps.control.secret.Recovered;
import dev.temps.kit.DurableFile;
import dev.temps.kit.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The data directory as a restore finds and leaves it: empty, marked as unfinished, or complete.
 */
final class RestoreGround {
  private static final List<String> FILES =
      List.of("temps.db", "temps.db-wal", "temps.db-shm", "serve.json", "master.key");
  private static final String MARK = "restore.unfinished";

  private final Path folder;
  private final Consumer<String> before;

  /**
   * The ground in that folder.
   *
   * @param before called with the name of each step that lasts, just before it
   */
  RestoreGround(Path folder, Consumer<String> before) {
    this.folder = folder;
    this.before = before;
  }

  /** Whether a control plane lies there, or what an interrupted restore left of one. */
  static boolean holds(Path dataDir) {
    return Files.exists(dataDir.resolve(MARK)) || anyFile(dataDir);
  }

  private static boolean anyFile(Path dataDir) {
    return FILES.stream().anyMatch(f -> Files.exists(dataDir.resolve(f)));
  }

  /** Refuses to start what a restore left unfinished. */
  static void refuseUnfinished(Path dataDir) {
    if (Files.exists(dataDir.resolve(MARK))) {
      throw Problem.conflict(
              "restore-unfinished",
              "A restore was interrupted in this data directory.",
              dataDir.toString(),
              "Run it again: temps serve --restore FILE")
          .raise();
    }
  }

  /** Refuses a directory that holds a cluster; the remains of an interrupted restore are none. */
  void refuseIfTaken() {
    boolean unfinished = Files.exists(folder.resolve(MARK));
    if (!unfinished && anyFile(folder)) {
      throw Problem.conflict(
              "data-directory-has-cluster",
              "There is a control plane in this data directory already; nothing was changed.",
              folder.toString(),
              "Start it (temps serve), move the directory away, or give another --data-dir.")
          .raise();
    }
  }

  void begin() throws IOException {
    before.accept("mark");
    DurableFile.writePrivate(folder.resolve(MARK), new byte[0]);
    clear();
  }

  private void clear() throws IOException {
    for (String file : FILES) {
      before.accept("clear " + file);
      Files.deleteIfExists(folder.resolve(file));
    }
  }

  void end() throws IOException {
    before.accept("unmark");
    Files.delete(folder.resolve(MARK));
    try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
      entry.force(true);
    }
  }

  /** Removes what was written; where even that fails, the mark stays and says so. */
  void undo() {
    try {
      clear();
      end();
    } catch (IOException e) {
      System.getLogger(RestoreGround.class.getName())
          .log(System.Logger.Level.WARNING, "what an unfinished restore left stays: " + e);
    }
  }

  /** Writes store and settings; the agent's files are given back, for they belong elsewhere. */
  Map<String, byte[]> extract(SnapshotFile snapshot, Recovered key) throws IOException {
    Map<String, byte[]> agent = new LinkedHashMap<>();
    snapshot.extract(
        key,
        (name, content) -> {
          if (name.startsWith(Pieces.AGENT)) {
            agent.put(name.substring(Pieces.AGENT.length()), content.readAllBytes());
          } else if (name.equals(Pieces.STORE)) {
            write(folder.resolve("temps.db"), content);
          } else if (name.equals(Pieces.SERVE)) {
            write(folder.resolve("serve.json"), content);
          }
        });
    return agent;
  }

  private void write(Path file, InputStream content) throws IOException {
    before.accept("create " + file.getFileName());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      before.accept("fill " + file.getFileName());
      content.transferTo(Channels.newOutputStream(out));
      out.force(true);
    }
  }
}
