package dev.temps.control.secret;

import dev.temps.contract.tls.Pem;
import dev.temps.kit.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Hashes of tokens. Plain SHA-256 is enough because every token has 260 random bits: there is
 * nothing to guess. Stateless.
 */
public final class Hashes {
  private Hashes() {}

  /** The hash under which a token is stored, 64 hexadecimal letters. */
  public static String of(Secret token) {
    return Pem.fingerprint(token.reveal().getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a token has that hash; takes the same time for every answer. */
  public static boolean matches(Secret token, String hash) {
    return MessageDigest.isEqual(
        of(token).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }
}
