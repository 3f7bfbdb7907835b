package dev.temps.control.access;

import dev.temps.control.secret.Hashes;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes API tokens and checks them. Thread-safe. */
public final class Access {
  private static final String SCHEME = "bearer ";

  private final Database database;
  private final Time time;

  /** Checks against the tokens in {@code database}. */
  public Access(Database database, Time time) {
    this.database = database;
    this.time = time;
  }

  private record Row(
      String name,
      Role role,
      String secretHash,
      @Nullable Long expiresAt,
      @Nullable Long revokedAt) {}

  /** Makes a token without an end. Its text can't be had again. */
  public static Secret create(Handle handle, Ids ids, String name, Role role, long nowMillis) {
    Secret token = new Secret("temps_" + ids.secret());
    handle
        .createUpdate(
            """
            INSERT INTO api_tokens (id, name, role, secret_hash, created_at)
            VALUES (:id, :name, :role, :hash, :now)
            """)
        .bind("id", ids.next("at"))
        .bind("name", name)
        .bind("role", role)
        .bind("hash", Hashes.of(token))
        .bind("now", nowMillis)
        .execute();
    return token;
  }

  /**
   * Who the value of an Authorization header speaks for.
   *
   * @param authorization the header, null when there was none
   * @throws dev.temps.kit.ProblemException 401 when it is missing, unknown, expired or revoked
   */
  public Caller check(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw refused("The request carries no bearer token.");
    }
    Secret token = new Secret(authorization.substring(SCHEME.length()).strip());
    Row row = find(token).orElseThrow(() -> refused("The token is not known here."));
    if (row.revokedAt() != null) {
      throw refused("The token was revoked.");
    }
    if (row.expiresAt() != null && row.expiresAt() <= time.millis()) {
      throw refused("The token has expired.");
    }
    return new Caller(row.name(), row.role());
  }

  private Optional<Row> find(Secret token) {
    String hash = Hashes.of(token);
    return database
        .read(h ->
            h.createQuery(
                    """
                    SELECT name, role, secret_hash, expires_at, revoked_at
                    FROM api_tokens WHERE secret_hash = :hash
                    """)
                .bind("hash", hash)
                .mapTo(Row.class)
                .findOne())
        .filter(row -> Hashes.matches(token, row.secretHash()));
  }

  private static dev.temps.kit.ProblemException refused(String why) {
    return Problem.of(
            "unauthenticated",
            401,
            "This needs a valid API token.",
            why,
            "Log in with: temps login URL")
        .raise();
  }
}
