package dev.temps.lab;

import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Held by the program that makes a lab of some name, so that another one doesn't take its
 * unfinished work for what a crash has left. Ends with the program, whatever ends that. One file is
 * enough for all labs: each locks a byte of it that follows from its name, of a file that has no
 * bytes.
 */
public final class LabLock implements AutoCloseable {
  private static final int POSITION_BYTES = 7; // stays positive in a long

  private final FileChannel channel;

  private LabLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock or says that somebody else has it.
   *
   * @throws dev.temps.kit.ProblemException when somebody is at work on that lab
   */
  public static LabLock take(Name lab) {
    try {
      Files.createDirectories(LabFiles.cache());
      FileChannel channel =
          FileChannel.open(
              LabFiles.cache().resolve("up.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (lock(channel, lab) == null) {
        channel.close();
        throw Problem.conflict(
                "lab-busy",
                "Somebody is making that lab right now.",
                "Another temps lab up works on the lab " + lab + ".",
                "Wait for it, or end it first.")
            .raise();
      }
      return new LabLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("could not lock the lab " + lab, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel, Name lab) throws IOException {
    try {
      return channel.tryLock(position(lab), 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // Held by this very program.
    }
  }

  private static long position(Name lab) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(lab.value().getBytes(StandardCharsets.UTF_8));
      long position = 0;
      for (int i = 0; i < POSITION_BYTES; i++) {
        position = position << Byte.SIZE | Byte.toUnsignedLong(hash[i]);
      }
      return position;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("could not unlock", e);
    }
  }
}
