package dev.temps.agent.mesh;

import dev.temps.kit.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The node's WireGuard keys on disk: the one in use and, while it is being rotated, the one that
 * follows. Whatever happens in between, the next start finds one of both in use. Changed by one
 * thread, read by any.
 */
final class KeyRing {
  private final Path file;
  private final Path nextFile;
  private volatile WireGuardKey current;
  private volatile @Nullable WireGuardKey next;

  /**
   * Reads the key in {@code file}, or makes one.
   *
   * @throws IOException when it can't be read or written
   */
  KeyRing(Path file) throws IOException {
    this.file = file;
    this.nextFile = file.resolveSibling(file.getFileName() + ".next");
    this.current = WireGuardKey.loadOrCreate(file);
    WireGuardKey found = Files.exists(nextFile) ? WireGuardKey.loadOrCreate(nextFile) : null;
    if (found != null && found.publicKey().equals(current.publicKey())) {
      Files.delete(nextFile); // the turn was cut short after its last word
      found = null;
    }
    this.next = found;
  }

  /** Where the key in use lies; {@code wg} reads it by itself. */
  Path file() {
    return file;
  }

  WireGuardKey current() {
    return current;
  }

  @Nullable WireGuardKey next() {
    return next;
  }

  /** There is a next key, and it is on disk, when this returns. */
  void prepare() throws IOException {
    if (next == null) {
      next = WireGuardKey.loadOrCreate(nextFile);
    }
  }

  /** The next key becomes the one in use; nothing when there is none. */
  void turn() throws IOException {
    WireGuardKey fresh = next;
    if (fresh != null) {
      DurableFile.writePrivate(file, Files.readAllBytes(nextFile));
      Files.delete(nextFile);
      current = fresh;
      next = null;
    }
  }
}
