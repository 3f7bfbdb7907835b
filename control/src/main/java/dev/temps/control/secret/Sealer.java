package dev.temps.control.secret;

import dev.temps.kit.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals text for the store with AES-256-GCM. The name is authenticated with it, so that a sealed
 * text copied to another row doesn't open there. Immutable and thread-safe.
 */
public final class Sealer {
  /** Bytes of a key. */
  static final int KEY_BYTES = 32;

  private static final int NONCE_BYTES = 12; // what GCM is specified for
  private static final int TAG_BITS = 128;
  private static final String VERSION = "s1.";

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  Sealer(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** Seals {@code plain} under {@code name}, e.g. {@code registry/ghcr.io}. */
  public String seal(String name, Secret plain) {
    return seal(name, plain.reveal().getBytes(StandardCharsets.UTF_8));
  }

  String seal(String name, byte[] plain) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(plain);
      byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return VERSION + Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * Opens what was sealed under the same name.
   *
   * @throws SealBrokenException when the key or the name is another one, or the text was changed
   */
  public Secret open(String name, String sealed) {
    return new Secret(new String(openBytes(name, sealed), StandardCharsets.UTF_8));
  }

  byte[] openBytes(String name, String sealed) {
    if (!sealed.startsWith(VERSION)) {
      throw new SealBrokenException(name, null);
    }
    try {
      byte[] all = Base64.getDecoder().decode(sealed.substring(VERSION.length()));
      byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, name, nonce)
          .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SealBrokenException(name, e);
    }
  }

  private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
