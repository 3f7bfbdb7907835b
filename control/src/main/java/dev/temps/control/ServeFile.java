package dev.temps.control;

import dev.temps.contract.json.Json;
import dev.temps.control.store.DatabaseConfig;
import dev.temps.kit.DurableFile;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code serve.json} (0600): the options of the first start, and of every later one that named
 * others.
 *
 * @param databaseUrl null for SQLite
 */
@io.avaje.jsonb.Json
record ServeFile(List<String> advertise, String domain, @Nullable String databaseUrl, int port) {

  ServeFile {
    advertise = List.copyOf(advertise);
  }

  /** Where it is. */
  static Path path(Path dataDir) {
    return dataDir.resolve("serve.json");
  }

  static Optional<ServeFile> read(Path dataDir) {
    Path file = path(dataDir);
    try {
      return Files.exists(file)
          ? Optional.of(Json.read(ServeFile.class, Files.readString(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static ProblemException unusable(Path file, IOException e) {
    return new ProblemException(
        Problem.of(
            "serve-options-unusable",
            503,
            "The options of the first start can't be read or written.",
            file + ": " + e.getMessage(),
            "Run as root, and make room on that disk."),
        e);
  }

  /** What holds for this start: the options where they say something, else what is kept. */
  static ServeFile merged(ServeOptions options, Optional<ServeFile> kept) {
    List<String> advertise =
        !options.advertise().isEmpty()
            ? Advertised.checked(options.advertise())
            : kept.map(ServeFile::advertise).orElseGet(Advertised::ownAddresses);
    String domain =
        options.domain() != null
            ? Advertised.domain(options.domain())
            : kept.map(ServeFile::domain).orElseGet(() -> Advertised.defaultDomain(advertise));
    Secret url = options.databaseUrl();
    String databaseUrl = url != null ? url.reveal() : kept.map(ServeFile::databaseUrl).orElse(null);
    return new ServeFile(advertise, domain, databaseUrl, options.port());
  }

  void write(Path dataDir) {
    try {
      DurableFile.writePrivate(path(dataDir), Json.write(this).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unusable(path(dataDir), e);
    }
  }

  DatabaseConfig database(Path dataDir) {
    return databaseUrl == null
        ? new DatabaseConfig.Sqlite(dataDir.resolve("temps.db"))
        : new DatabaseConfig.Postgres(new Secret(databaseUrl));
  }

  /** Public URLs, best first. */
  List<String> urls(int actualPort) {
    return advertise.stream().map(host -> Advertised.url(host, actualPort)).toList();
  }

  /** Without the database's password. */
  @Override
  public String toString() {
    return "ServeFile[" + advertise + ", " + domain + "]";
  }
}
