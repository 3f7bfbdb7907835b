package dev.temps.sim;

import dev.temps.control.secret.Vault;
import dev.temps.control.store.Database;
import dev.temps.control.store.DatabaseConfig;
import dev.temps.control.store.Settings;
import dev.temps.kit.Ids;
import dev.temps.kit.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Folders for runs, in memory where the machine has such a place. A store is made once and then
 * copied: migrations would take longer than many a run.
 */
final class SimStore {
  static final String CLUSTER = "c-simulated";
  static final String EPOCH = "cluster.epoch";
  private static final String FILE = "temps.db";
  private static final String KEY = "master.key";
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Path TEMPLATE = template();

  private SimStore() {}

  static Path freshFolder() {
    try {
      return Files.isWritable(MEMORY)
          ? Files.createTempDirectory(MEMORY, "temps-sim")
          : Files.createTempDirectory("temps-sim");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path template() {
    Path folder = freshFolder();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    try (Database database = open(folder)) {
      Vault.Opened made =
          Vault.open(folder.resolve(KEY), database, Time.system(), Ids.secure(), null);
      Vault.Fresh fresh = made.fresh();
      database.change(handle -> {
        if (fresh != null) {
          made.vault().keep(handle, fresh);
        }
        Settings.put(handle, "cluster.id", CLUSTER);
        Settings.put(handle, EPOCH, "1");
      });
    }
    return folder;
  }

  static Database open(Path folder) {
    return Database.open(new DatabaseConfig.Sqlite(folder.resolve(FILE)));
  }

  static Vault vault(Path folder, Database database, Time time) {
    return Vault.open(folder.resolve(KEY), database, time, Ids.secure(), null).vault();
  }

  /** Puts a new cluster's store and key into a folder that is not there. */
  static void make(Path folder) {
    copy(TEMPLATE.resolve(FILE), TEMPLATE.resolve(KEY), folder);
  }

  /** The same from a copy of a store that was in use. */
  static void restore(Path snapshot, Path folder) {
    copy(snapshot, TEMPLATE.resolve(KEY), folder);
  }

  private static void copy(Path store, Path key, Path folder) {
    try {
      Files.createDirectories(folder);
      Files.copy(store, folder.resolve(FILE));
      Files.copy(key, folder.resolve(KEY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
