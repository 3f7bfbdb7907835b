package dev.temps.control.secret;

import dev.temps.control.store.Database;
import dev.temps.control.store.Settings;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The opened vault of a cluster: the sealer, and named secrets in the store. Opening it is where a
 * start without the right master key ends. Thread-safe.
 */
public final class Vault {
  private static final String CHECK = "secret.check";
  private static final String ENVELOPE = "secret.envelope";
  private static final Secret CHECK_TEXT = new Secret("this master key is the right one");

  private final MasterKey key;
  private final Sealer sealer;
  private final Time time;

  private Vault(MasterKey key, Time time) {
    this.key = key;
    this.sealer = key.sealer();
    this.time = time;
  }

  /** What the first start must keep, in the transaction that makes everything else. */
  public static final class Fresh {
    private final Secret recoveryKey;
    private final String envelope;

    private Fresh(Secret recoveryKey, String envelope) {
      this.recoveryKey = recoveryKey;
      this.envelope = envelope;
    }

    /** The new recovery key, to be shown once. */
    public Secret recoveryKey() {
      return recoveryKey;
    }
  }

  /**
   * A vault.
   *
   * @param fresh null when the store had one before
   */
  public record Opened(Vault vault, @Nullable Fresh fresh) {}

  /**
   * Opens the vault of {@code database} with the key in {@code keyFile}. When the store has none
   * yet, a key is made (or the one in the file taken, which a first start killed halfway left).
   *
   * @param recoveryKey opens the envelope when the key file is gone; null when none was given
   * @throws ProblemException when the store has secrets and the key is missing or another one
   */
  public static Opened open(
      Path keyFile, Database database, Time time, Ids ids, @Nullable Secret recoveryKey) {
    Optional<String> check = database.read(h -> Settings.find(h, CHECK));
    Optional<MasterKey> found = MasterKey.read(keyFile);
    MasterKey key =
        found.orElseGet(() ->
            check.isPresent() ? recovered(keyFile, database, recoveryKey) : MasterKey.random());
    Vault vault = new Vault(key, time);
    if (check.isPresent()) {
      vault.prove(check.get(), keyFile);
    }
    if (found.isEmpty()) {
      key.write(keyFile);
    }
    if (check.isPresent()) {
      return new Opened(vault, null);
    }
    Secret recovery = MasterKey.newRecoveryKey(ids);
    return new Opened(vault, new Fresh(recovery, key.envelope(recovery)));
  }

  /** Keeps what later starts prove their key against. */
  public void keep(Handle handle, Fresh fresh) {
    Settings.put(handle, ENVELOPE, fresh.envelope);
    Settings.put(handle, CHECK, sealer.seal(CHECK, CHECK_TEXT));
  }

  private static MasterKey recovered(
      Path keyFile, Database database, @Nullable Secret recoveryKey) {
    if (recoveryKey == null) {
      throw Problem.conflict(
              "master-key-missing",
              "The store holds secrets, but their master key is not there.",
              keyFile.toString(),
              "Put the file back, or start once with the recovery key in TEMPS_RECOVERY_KEY.")
          .raise();
    }
    String envelope = database.read(h -> Settings.get(h, ENVELOPE));
    return MasterKey.open(envelope, recoveryKey);
  }

  private void prove(String check, Path keyFile) {
    try {
      if (!sealer.open(CHECK, check).equals(CHECK_TEXT)) {
        throw new SealBrokenException(CHECK, null);
      }
    } catch (SealBrokenException e) {
      throw new ProblemException(
          Problem.conflict(
              "master-key-wrong",
              "The master key is not the one this store was sealed with.",
              keyFile.toString(),
              "Put the right file back, or move it away and start once with the recovery key in"
                  + " TEMPS_RECOVERY_KEY."),
          e);
    }
  }

  /** The master key sealed with the recovery key: not secret to who lacks the latter. */
  public static String envelope(Handle handle) {
    return Settings.get(handle, ENVELOPE);
  }

  /**
   * Seals a file while it is written; complete only once the stream is closed. {@link Recovered}
   * opens it.
   *
   * @param salt random, of this file only
   * @param context authenticated with the file but not in it
   */
  public OutputStream sealing(byte[] salt, byte[] context, OutputStream out) {
    return new SealingStream(out, new ChunkCipher(key.ofFile(salt), context));
  }

  /** Seals what other rooms keep in their own tables. */
  public Sealer sealer() {
    return sealer;
  }

  /** Keeps a secret under a name, replacing what was there. */
  public void put(Handle handle, String name, Secret secret) {
    handle
        .createUpdate(
            """
            INSERT INTO secrets (name, sealed, updated_at) VALUES (:name, :sealed, :now)
            ON CONFLICT (name) DO UPDATE
              SET sealed = excluded.sealed, updated_at = excluded.updated_at
            """)
        .bind("name", name)
        .bind("sealed", sealer.seal(name, secret))
        .bind("now", time.millis())
        .execute();
  }

  /** The secret of that name. */
  public Optional<Secret> find(Handle handle, String name) {
    return handle
        .createQuery("SELECT sealed FROM secrets WHERE name = :name")
        .bind("name", name)
        .mapTo(String.class)
        .findOne()
        .map(sealed -> sealer.open(name, sealed));
  }

  /** Forgets the secret of that name. */
  public void remove(Handle handle, String name) {
    handle.createUpdate("DELETE FROM secrets WHERE name = :name").bind("name", name).execute();
  }
}
