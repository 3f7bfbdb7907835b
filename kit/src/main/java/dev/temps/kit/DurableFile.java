package dev.temps.kit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a file so that after a crash at any moment either the old or the new content is there,
 * never half of one: temporary file, fsync, rename, fsync of the folder. Stateless.
 */
public final class DurableFile {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");

  private DurableFile() {}

  /** Replaces {@code file} with {@code content}, readable by its owner only (0600). */
  public static void writePrivate(Path file, byte[] content) throws IOException {
    write(file, content, PRIVATE);
  }

  /** Replaces {@code file} with {@code content}, readable by everybody (0644). */
  public static void writeReadable(Path file, byte[] content) throws IOException {
    write(file, content, READABLE);
  }

  private static void write(Path file, byte[] content, Set<PosixFilePermission> permissions)
      throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = folder.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PRIVATE));
    Files.setPosixFilePermissions(fresh, permissions); // whatever the process' mask says
    try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
      entry.force(true);
    }
  }
}
