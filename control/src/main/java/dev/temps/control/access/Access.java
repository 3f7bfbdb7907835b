package dev.temps.control.access;

import dev.temps.control.secret.Hashes;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Checks API tokens against the store at every request, so that a revoked one ends at once.
 * Thread-safe.
 */
public final class Access {
  private static final System.Logger LOG = System.getLogger(Access.class.getName());
  private static final String SCHEME = "bearer ";
  private static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Time time;
  private final Map<String, Long> useWritten = new ConcurrentHashMap<>();

  /** Checks against the tokens in {@code database}. */
  public Access(Database database, Time time) {
    this.database = database;
    this.time = time;
  }

  /** Makes a token that reaches everything and never ends. Its text can't be had again. */
  public static Secret create(Handle handle, Ids ids, String name, Role role, long nowMillis) {
    Secret secret = secret(ids);
    Grant grant = new Grant(role, Set.of(), null);
    Token token = new Token(ids.next("at"), name, grant, "first start", nowMillis, null, null);
    TokenStore.insert(handle, token, Hashes.of(secret));
    return secret;
  }

  static Secret secret(Ids ids) {
    return new Secret("temps_" + ids.secret());
  }

  /**
   * Who the value of an Authorization header speaks for.
   *
   * @param authorization the header, null when there was none
   * @throws ProblemException 401 when it is missing, unknown, expired or revoked
   */
  public Caller check(@Nullable String authorization) {
    return admitted(known(authorization));
  }

  /**
   * The token of a header, of which this only says that it exists.
   *
   * @throws ProblemException 401 when it is missing or unknown: the sign of somebody who guesses
   */
  public Token known(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw refused("unauthenticated", "The request carries no bearer token.");
    }
    Secret secret = new Secret(authorization.substring(SCHEME.length()).strip());
    return find(secret)
        .orElseThrow(() -> refused("unauthenticated", "The token is not known here."));
  }

  /**
   * Lets a known token in.
   *
   * @throws ProblemException 401 {@code token-revoked} or {@code token-expired}
   */
  public Caller admitted(Token token) {
    long now = time.millis();
    switch (token.state(now)) {
      case revoked -> throw refused("token-revoked", "\"" + token.name() + "\" was revoked.");
      case expired -> throw refused("token-expired", "\"" + token.name() + "\" has expired.");
      case active -> used(token, now);
    }
    return new Caller(token.id(), token.name(), token.grant());
  }

  /**
   * Whether the token of a caller still counts, for what goes on after its request was let in.
   * While the store can't be read, only time ends it.
   */
  public boolean stillGood(Caller caller) {
    try {
      return database
          .read(h -> TokenStore.find(h, caller.tokenId()))
          .filter(token -> token.state(time.millis()) == Token.State.active)
          .isPresent();
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.DEBUG, "a token could not be checked again", e);
      Long ends = caller.grant().endsAt();
      return ends == null || ends > time.millis();
    }
  }

  private Optional<Token> find(Secret secret) {
    String hash = Hashes.of(secret);
    return database
        .read(h -> TokenStore.byHash(h, hash))
        .filter(row -> Hashes.matches(secret, row.secretHash()))
        .map(Token.Row::token);
  }

  /** Once a minute at most, and never in the way of a request. */
  private void used(Token token, long now) {
    Long written = useWritten.get(token.id());
    if (written != null && now - written < USE_WRITTEN_EVERY.toMillis()) {
      return;
    }
    useWritten.put(token.id(), now);
    try {
      database.change(h -> TokenStore.used(h, token.id(), now));
    } catch (ProblemException e) {
      LOG.log(System.Logger.Level.DEBUG, "when a token was used could not be written", e);
    }
  }

  private static ProblemException refused(String type, String why) {
    return Problem.of(
            type,
            401,
            "This needs a valid API token.",
            why,
            "Log in with: temps login URL; an owner makes tokens with: temps token create")
        .raise();
  }
}
