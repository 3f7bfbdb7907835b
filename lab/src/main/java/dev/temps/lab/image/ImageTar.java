package dev.temps.lab.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the tar archive of an image layer: directories, files and symbolic links of root, dated
 * 1970, in ustar format. Names up to 100 bytes. Not thread-safe.
 */
public final class ImageTar {
  private static final int BLOCK = 512;
  private static final int NAME_MAX = 100;
  private static final int CHECKSUM_AT = 148;
  private static final int TYPE_AT = 156;
  private static final int LINK_AT = 157;
  private static final int MAGIC_AT = 257;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Adds a directory. */
  public ImageTar directory(String name, int mode) {
    return entry(name + "/", mode, '5', "", new byte[0]);
  }

  /** Adds a file. */
  public ImageTar file(String name, int mode, byte[] content) {
    return entry(name, mode, '0', "", content);
  }

  /** Adds a symbolic link. */
  public ImageTar link(String name, String target) {
    return entry(name, 0777, '2', target, new byte[0]);
  }

  /** The archive so far, with its end mark. */
  public byte[] bytes() {
    return Arrays.copyOf(out.toByteArray(), out.size() + 2 * BLOCK);
  }

  private ImageTar entry(String name, int mode, char type, String target, byte[] content) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "%07o".formatted(mode));
    put(header, 108, "%07o".formatted(0));
    put(header, 116, "%07o".formatted(0));
    put(header, 124, "%011o".formatted(content.length));
    put(header, 136, "%011o".formatted(0));
    header[TYPE_AT] = (byte) type;
    put(header, LINK_AT, target);
    put(header, MAGIC_AT, "ustar");
    put(header, MAGIC_AT + 6, "00");
    Arrays.fill(header, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' '); // counts as blanks
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    put(header, CHECKSUM_AT, "%06o\0".formatted(sum));
    out.writeBytes(header);
    out.writeBytes(content);
    out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return this;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > NAME_MAX) {
      throw new IllegalArgumentException("too long for a tar header: " + text);
    }
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
