package dev.temps.control.dispatch;

import dev.temps.control.store.Database;
import dev.temps.control.store.Settings;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Numbers for contents, kept before anybody sees them. Thread-safe. */
final class Revisions {
  /** Prefix of the settings that hold revisions of what all nodes share. */
  private static final String SHARED = "revision.";

  private final Database database;

  Revisions(Database database) {
    this.database = database;
  }

  /** A content's number: the same for the same hash, else one more than before. */
  record Revision(long number, String hash) {}

  /** For a section of one node. */
  Revision ofNode(String nodeId, String section, String hash) {
    Revision known = database.read(handle -> find(handle, nodeId, section));
    if (known != null && known.hash().equals(hash)) {
      return known;
    }
    return database.write(handle -> {
      Revision last = find(handle, nodeId, section);
      if (last != null && last.hash().equals(hash)) {
        return last;
      }
      Revision next = new Revision(last == null ? 1 : last.number() + 1, hash);
      put(handle, nodeId, section, next);
      return next;
    });
  }

  private static @Nullable Revision find(Handle handle, String nodeId, String section) {
    return handle
        .createQuery(
            """
            SELECT revision AS number, hash FROM assignment_revisions
            WHERE node_id = :node AND section = :section
            """)
        .bind("node", nodeId)
        .bind("section", section)
        .mapTo(Revision.class)
        .findOne()
        .orElse(null);
  }

  private static void put(Handle handle, String nodeId, String section, Revision revision) {
    handle
        .createUpdate(
            """
            INSERT INTO assignment_revisions (node_id, section, revision, hash)
            VALUES (:node, :section, :revision, :hash)
            ON CONFLICT (node_id, section)
              DO UPDATE SET revision = excluded.revision, hash = excluded.hash
            """)
        .bind("node", nodeId)
        .bind("section", section)
        .bind("revision", revision.number())
        .bind("hash", revision.hash())
        .execute();
  }

  /** For a section that all nodes share. */
  Revision shared(String section, String hash) {
    return database.write(handle -> {
      Revision last = parse(Settings.find(handle, SHARED + section).orElse("0 none"));
      if (last.hash().equals(hash)) {
        return last;
      }
      Revision next = new Revision(last.number() + 1, hash);
      Settings.put(handle, SHARED + section, next.number() + " " + hash);
      return next;
    });
  }

  private static Revision parse(String text) {
    int space = text.indexOf(' ');
    return new Revision(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
  }
}
