package dev.temps.control.backup;

import dev.temps.control.secret.Vault;
import dev.temps.control.store.Database;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Takes snapshots of a running control plane. The last complete one is {@code
 * snapshot/latest.snapshot} of the data directory; a failed one leaves it alone. Thread-safe.
 */
public final class Snapshots {
  private static final String LATEST = "latest" + SnapshotFile.SUFFIX;
  private static final int SALT_BYTES = 32;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Cluster cluster;
  private final Database database;
  private final Vault vault;
  private final Places places;
  private final Time time;
  private final SecureRandom random = new SecureRandom();

  /** What a snapshot says of the cluster. */
  public record Cluster(String id, long epoch, String version) {}

  /**
   * Where things are.
   *
   * @param folder for snapshots, made when missing
   * @param serve the options of {@code temps serve}
   * @param agent folder of this machine's agent, which may not be there
   */
  public record Places(Path folder, Path serve, Path agent) {}

  /** A complete snapshot. */
  public record Taken(Path file, long takenAtMillis, long bytes) {}

  /** Snapshots of the store behind {@code database}. */
  public Snapshots(Cluster cluster, Database database, Vault vault, Places places, Time time) {
    this.cluster = cluster;
    this.database = database;
    this.vault = vault;
    this.places = places;
    this.time = time;
  }

  /** Whether the database itself is in a snapshot. */
  public boolean holdStore() {
    return database.kind().equals("sqlite");
  }

  /**
   * Takes one now; callers wait for each other.
   *
   * @throws ProblemException 507 when it can't be written; the one before is still there
   */
  public synchronized Taken take() {
    Path copy = places.folder().resolve("store.copy");
    Path fresh = places.folder().resolve(LATEST + ".new");
    try {
      Files.createDirectories(places.folder(), OWNER_FOLDER);
      Files.deleteIfExists(copy);
      Files.deleteIfExists(fresh);
      Files.createFile(copy, OWNER_FILE);
      Files.createFile(fresh, OWNER_FILE);
      boolean hasStore = database.copyTo(copy);
      long now = time.millis();
      write(fresh, now, hasStore ? Map.of(Pieces.STORE, copy) : Map.of());
      Files.delete(copy);
      Path latest = places.folder().resolve(LATEST);
      Files.move(
          fresh, latest, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel entry = FileChannel.open(places.folder(), StandardOpenOption.READ)) {
        entry.force(true);
      }
      return new Taken(latest, now, Files.size(latest));
    } catch (IOException e) {
      throw notWritten(e, copy, fresh);
    }
  }

  private void write(Path file, long now, Map<String, Path> store) throws IOException {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] beginning =
        SnapshotFormat.begin(
            new SnapshotHeader(
                cluster.id(),
                cluster.version(),
                Database.schema(),
                database.kind(),
                now,
                cluster.epoch(),
                Base64.getEncoder().encodeToString(salt),
                database.read(Vault::envelope)));
    try (FileOutputStream file0 = new FileOutputStream(file.toFile())) {
      OutputStream out = new BufferedOutputStream(new Unclosed(file0));
      out.write(beginning);
      try (ZipOutputStream zip =
          new ZipOutputStream(vault.sealing(salt, SnapshotFormat.context(beginning), out))) {
        zip.setLevel(Deflater.BEST_SPEED);
        add(zip, Map.of(Pieces.SERVE, places.serve()));
        add(zip, Pieces.ofAgent(places.agent(), cluster.id()));
        add(zip, store);
      }
      file0.getChannel().force(true);
    }
  }

  /** Closing the seal must not close the file, which has to be forced to disk first. */
  private static final class Unclosed extends java.io.FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      out.write(bytes, offset, count);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }

  private static void add(ZipOutputStream zip, Map<String, Path> pieces) throws IOException {
    for (Map.Entry<String, Path> piece : pieces.entrySet()) {
      zip.putNextEntry(new ZipEntry(piece.getKey()));
      Files.copy(piece.getValue(), zip);
      zip.closeEntry();
    }
  }

  private ProblemException notWritten(IOException cause, Path... unfinished) {
    String left = "";
    for (Path file : unfinished) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        left = " " + file + " is left over: " + e.getMessage();
      }
    }
    String last =
        latest()
            .map(t -> "The one of " + Instant.ofEpochMilli(t.takenAtMillis()) + " is still there.")
            .orElse("There is none yet.");
    return new ProblemException(
        Problem.of(
            "snapshot-not-written",
            507,
            "The snapshot could not be written.",
            places.folder() + ": " + cause.getMessage() + "." + left + " " + last,
            "Make room on that disk; the next minute tries again."),
        cause);
  }

  /** The last complete one. */
  public Optional<Taken> latest() {
    Path file = places.folder().resolve(LATEST);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      long taken = SnapshotFile.open(file).header().takenAtMillis();
      return Optional.of(new Taken(file, taken, Files.size(file)));
    } catch (IOException | ProblemException e) {
      return Optional.empty(); // a damaged one is as good as none, and soon replaced
    }
  }
}
