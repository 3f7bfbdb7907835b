package dev.temps.control.secret;

import dev.temps.kit.DurableFile;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The one key on the control plane's disk. Everything sealed in the store opens with it. Kept in
 * {@code master.key} (0600), and once more in the store, sealed with the recovery key that only the
 * operator has.
 */
final class MasterKey {
  private static final String PREFIX = "temps-master-key-1 ";
  private static final String ENVELOPE_NAME = "master-key";
  private static final byte[] FILE_PURPOSE =
      "temps sealed file 1 ".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;

  private MasterKey(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A new key. */
  static MasterKey random() {
    byte[] bytes = new byte[Sealer.KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new MasterKey(bytes);
  }

  /**
   * The key in a file; empty when there is no such file.
   *
   * @throws ProblemException when the file is there but is no key
   */
  static Optional<MasterKey> read(Path file) {
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
      byte[] bytes =
          text.startsWith(PREFIX.strip())
              ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
              : new byte[0];
      if (bytes.length != Sealer.KEY_BYTES) {
        throw unreadable(file, "it does not hold a key of this program", null);
      }
      return Optional.of(new MasterKey(bytes));
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw unreadable(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static ProblemException unreadable(Path file, String why, @Nullable Throwable cause) {
    Problem problem =
        Problem.of(
            "master-key-unreadable",
            503,
            "The master key can't be read.",
            file + ": " + why,
            "Put the file back from a backup, or move it away and start with the recovery key in"
                + " TEMPS_RECOVERY_KEY.");
    return cause == null ? problem.raise() : new ProblemException(problem, cause);
  }

  /** Writes the key, durably and for the owner only. */
  void write(Path file) {
    try {
      String text = PREFIX + Base64.getEncoder().encodeToString(bytes) + "\n";
      DurableFile.writePrivate(file, text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              "master-key-unwritable",
              503,
              "The master key can't be written.",
              file + ": " + e.getMessage(),
              "Make room on that disk, or give another --data-dir."),
          e);
    }
  }

  Sealer sealer() {
    return new Sealer(bytes);
  }

  /** A new recovery key, as it is printed. */
  static Secret newRecoveryKey(Ids ids) {
    return new Secret("temps-recovery-" + ids.secret());
  }

  /** This key, sealed so that the recovery key opens it. */
  String envelope(Secret recoveryKey) {
    return new Sealer(derived(recoveryKey)).seal(ENVELOPE_NAME, bytes);
  }

  /**
   * The key in an envelope.
   *
   * @throws ProblemException when the recovery key is another one
   */
  static MasterKey open(String envelope, Secret recoveryKey) {
    try {
      return new MasterKey(new Sealer(derived(recoveryKey)).openBytes(ENVELOPE_NAME, envelope));
    } catch (SealBrokenException e) {
      throw new ProblemException(
          Problem.invalid(
              "recovery-key",
              "It does not open this store's envelope.",
              "Use the recovery key that this cluster's first start printed."),
          e);
    }
  }

  /** A key for one sealed file; {@code salt} is random and of that file only. */
  byte[] ofFile(byte[] salt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      mac.update(FILE_PURPOSE);
      return mac.doFinal(salt);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC", e);
    }
  }

  /** 260 random bits need no slow derivation. */
  private static byte[] derived(Secret recoveryKey) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(recoveryKey.reveal().strip().getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
