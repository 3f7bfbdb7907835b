package dev.temps.control.backup;

import dev.temps.contract.json.Json;
import dev.temps.kit.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The open beginning of a snapshot: sixteen letters, format, length and JSON of the header, and the
 * SHA-256 of all that. The hash tells damage from a wrong key, and stands for the header when the
 * sealed rest is authenticated. Stateless.
 */
final class SnapshotFormat {
  private static final int FORMAT = 1;
  private static final byte[] MAGIC = "TEMPS-SNAPSHOT\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES_MAX = 64 << 10;
  private static final int HASH_BYTES = 32;

  private SnapshotFormat() {}

  /** The beginning of a file. */
  static byte[] begin(SnapshotHeader header) {
    byte[] json = Json.write(header).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.writeInt(FORMAT);
      out.writeInt(json.length);
      out.write(json);
      out.write(sha256(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail to be written
    }
    return bytes.toByteArray();
  }

  /** What is authenticated with the sealed rest. */
  static byte[] context(byte[] beginning) {
    return Arrays.copyOfRange(beginning, beginning.length - HASH_BYTES, beginning.length);
  }

  /** A beginning that was read. Immutable. */
  static final class Beginning {
    private final SnapshotHeader header;
    private final byte[] context;

    private Beginning(SnapshotHeader header, byte[] context) {
      this.header = header;
      this.context = context;
    }

    SnapshotHeader header() {
      return header;
    }

    byte[] context() {
      return context.clone();
    }
  }

  /** Reads the beginning; the stream stands at the sealed rest then. */
  static Beginning read(Path file, InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    try {
      byte[] magic = data.readNBytes(MAGIC.length);
      if (!Arrays.equals(magic, MAGIC)) {
        throw SnapshotDamage.foreign(file);
      }
      int format = data.readInt();
      int length = data.readInt();
      if (length <= 0 || length > HEADER_BYTES_MAX) {
        throw SnapshotDamage.damaged(file, "its header was altered", null);
      }
      byte[] json = data.readNBytes(length);
      byte[] hash = data.readNBytes(HASH_BYTES);
      DataOutputStream again = new DataOutputStream(seen);
      again.write(magic);
      again.writeInt(format);
      again.writeInt(length);
      again.write(json);
      if (hash.length < HASH_BYTES) {
        throw SnapshotDamage.damaged(file, "it was cut off within its header", null);
      }
      if (!MessageDigest.isEqual(hash, sha256(seen.toByteArray()))) {
        throw SnapshotDamage.damaged(file, "its header was altered", null);
      }
      if (format > FORMAT) {
        throw SnapshotDamage.newerFormat(file, format, FORMAT);
      }
      String text = new String(json, StandardCharsets.UTF_8);
      return new Beginning(Json.read(SnapshotHeader.class, text), hash);
    } catch (EOFException e) {
      throw SnapshotDamage.damaged(file, "it was cut off within its header", e);
    } catch (ProblemException e) {
      if (e.problem().type().equals("malformed-json")) {
        throw SnapshotDamage.damaged(file, "its header makes no sense", e);
      }
      throw e;
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
