package dev.temps.kit;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Makes ids: a short prefix that names the kind, and random lower-case letters and digits without
 * look-alikes. Thread-safe when its generator is.
 */
public final class Ids {
  private static final String ALPHABET = "abcdefghjkmnpqrstvwxyz0123456789"; // 32 signs = 5 bits
  private static final int LENGTH = 13; // 65 bits: no collision among a billion ids
  private static final int SECRET_LENGTH = 52; // 260 bits

  private final RandomGenerator random;

  /** Ids from the given generator; tests pass a seeded one. */
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  /** Ids nobody can guess. */
  public static Ids secure() {
    return new Ids(new SecureRandom());
  }

  /** A new id such as {@code n-4k2m…}; {@code prefix} is one to three letters. */
  public String next(String prefix) {
    return prefix + "-" + letters(LENGTH);
  }

  /** 260 random bits as text, for tokens. Only as good as the generator. */
  public String secret() {
    return letters(SECRET_LENGTH);
  }

  private String letters(int count) {
    StringBuilder out = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      out.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return out.toString();
  }
}
