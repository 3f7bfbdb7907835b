package dev.temps.control.secret;

import java.io.IOException;
import java.io.OutputStream;

/** Seals what is written to it; the end is only there after {@link #close}. Not thread-safe. */
final class SealingStream extends OutputStream {
  private final OutputStream out;
  private final ChunkCipher cipher;
  private final byte[] plain = new byte[ChunkCipher.PLAIN_BYTES];
  private int length;
  private int number;
  private boolean closed;

  SealingStream(OutputStream out, ChunkCipher cipher) {
    this.out = out;
    this.cipher = cipher;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int from = offset;
    int left = count;
    while (left > 0) {
      if (length == plain.length) {
        flushPiece(false); // only now it is known not to be the last
      }
      int part = Math.min(left, plain.length - length);
      System.arraycopy(bytes, from, plain, length, part);
      length += part;
      from += part;
      left -= part;
    }
  }

  private void flushPiece(boolean last) throws IOException {
    out.write(cipher.seal(number++, last, plain, length));
    length = 0;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      flushPiece(true);
      out.close();
    }
  }
}
