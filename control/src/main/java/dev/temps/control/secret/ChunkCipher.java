package dev.temps.control.secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the pieces of one long text with AES-256-GCM. The nonce is the piece's number and whether
 * it is the last, so pieces can be neither swapped, left out nor cut off. The key must be of this
 * one text only.
 */
final class ChunkCipher {
  /** Plain bytes of every piece but the last, which may have fewer. */
  static final int PLAIN_BYTES = 64 << 10;

  /** Bytes a piece grows by. */
  static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;

  private final SecretKey key;
  private final byte[] context;

  /** {@code context} is authenticated with every piece. */
  ChunkCipher(byte[] key, byte[] context) {
    this.key = new SecretKeySpec(key, "AES");
    this.context = context.clone();
  }

  byte[] seal(int number, boolean last, byte[] plain, int length) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, number, last).doFinal(plain, 0, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  byte[] open(int number, boolean last, byte[] sealed, int length) throws GeneralSecurityException {
    return cipher(Cipher.DECRYPT_MODE, number, last).doFinal(sealed, 0, length);
  }

  private Cipher cipher(int mode, int number, boolean last) throws GeneralSecurityException {
    byte[] nonce =
        ByteBuffer.allocate(NONCE_BYTES).putInt(number).put((byte) (last ? 1 : 0)).array();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(context);
    return cipher;
  }
}
