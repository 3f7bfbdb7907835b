package dev.temps.bench.lifecycle;

import dev.temps.contract.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The folder with the figures of every part's last time. One writer at a time. */
final class Results {
  private final Path folder;

  Results(Path folder) {
    this.folder = folder;
  }

  private Path file(String part) {
    return folder.resolve("lifecycle-" + part + ".json");
  }

  void write(PartRecord part) {
    // A line for each run, so that a difference can be read.
    String json = Json.write(part).replace("{\"number\"", "\n{\"number\"") + "\n";
    replace(file(part.part()), json);
  }

  Optional<PartRecord> read(String part) {
    try {
      return Files.exists(file(part))
          ? Optional.of(Json.read(PartRecord.class, Files.readString(file(part))))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the figures of " + part, e);
    }
  }

  /** Replaces the table. */
  void writeTable(String text) {
    replace(folder.resolve("lifecycle.md"), text);
  }

  private static void replace(Path file, String text) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file, e);
    }
  }
}
