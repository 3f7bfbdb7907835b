package dev.temps.control.backup;

import io.avaje.jsonb.Json;

/**
 * What a snapshot says of itself before it is opened. Not secret, but authenticated.
 *
 * @param cluster whose it is
 * @param version of the program that wrote it
 * @param schema of the store in it
 * @param store {@code sqlite}, or {@code postgresql}: then the database itself is not in it
 * @param epoch of the control plane that wrote it
 * @param salt of the file's key, base64
 * @param envelope the master key, sealed with the recovery key
 */
@Json
public record SnapshotHeader(
    String cluster,
    String version,
    int schema,
    String store,
    long takenAtMillis,
    long epoch,
    String salt,
    String envelope) {
  /** Whether the database is in it. */
  public boolean hasStore() {
    return store.equals("sqlite");
  }
}
