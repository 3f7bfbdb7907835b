package dev.temps.control.secret;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/**
 * Opens what {@link SealingStream} sealed. Gives out no byte that was not authenticated, and says
 * the end was reached only when it is the true one. Not thread-safe.
 */
final class OpeningStream extends InputStream {
  private static final int SEALED_BYTES = ChunkCipher.PLAIN_BYTES + ChunkCipher.TAG_BYTES;

  private final InputStream in;
  private final ChunkCipher cipher;
  private byte[] ahead;
  private byte @Nullable [] plain;
  private int position;
  private int number;
  private boolean last;

  OpeningStream(InputStream in, ChunkCipher cipher) throws IOException {
    this.in = in;
    this.cipher = cipher;
    this.ahead = in.readNBytes(SEALED_BYTES);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    byte[] now = plain;
    while (now == null || position == now.length) {
      if (last) {
        return -1;
      }
      now = nextPiece();
      plain = now;
      position = 0;
    }
    int part = Math.min(count, now.length - position);
    System.arraycopy(now, position, into, offset, part);
    position += part;
    return part;
  }

  private byte[] nextPiece() throws IOException {
    byte[] sealed = ahead;
    ahead = in.readNBytes(SEALED_BYTES);
    boolean isLast = ahead.length == 0;
    try {
      byte[] opened = cipher.open(number, isLast, sealed, sealed.length);
      number++;
      last = isLast;
      return opened;
    } catch (GeneralSecurityException e) {
      throw new SealedFileDamagedException(
          isLast ? "it was cut off or altered" : "it was altered", e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
