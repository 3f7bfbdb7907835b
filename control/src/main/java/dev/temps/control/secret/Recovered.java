package dev.temps.control.secret;

import dev.temps.kit.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * The master key as the recovery key gave it back, without a store: what a new machine has that
 * holds only a snapshot and the recovery key. Immutable.
 */
public final class Recovered {
  private final MasterKey key;

  private Recovered(MasterKey key) {
    this.key = key;
  }

  /**
   * The key in an envelope, see {@link Vault#envelope}.
   *
   * @throws dev.temps.kit.ProblemException 422 when the recovery key is another cluster's
   */
  public static Recovered open(String envelope, Secret recoveryKey) {
    return new Recovered(MasterKey.open(envelope, recoveryKey));
  }

  /**
   * Reads what {@link Vault#sealing} wrote with the same salt and context.
   *
   * @throws SealedFileDamagedException from the stream, when it is not what was written
   */
  public InputStream opening(byte[] salt, byte[] context, InputStream in) throws IOException {
    return new OpeningStream(in, new ChunkCipher(key.ofFile(salt), context));
  }

  /** Writes the key, durably and for the owner only. */
  public void writeKey(Path file) {
    key.write(file);
  }
}
