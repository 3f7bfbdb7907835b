package dev.temps.control.access;

import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.secret.Hashes;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Makes, lists and revokes API tokens. Nobody hands out more than they have. Thread-safe. */
public final class Tokens {
  private final Database database;
  private final AuditLog audit;
  private final Time time;
  private final Ids ids;

  /** Over the tokens in {@code database}. */
  public Tokens(Database database, AuditLog audit, Time time, Ids ids) {
    this.database = database;
    this.audit = audit;
    this.time = time;
    this.ids = ids;
  }

  /** A new token and its text, which can't be had again. */
  public record Created(Token token, Secret secret) {}

  /**
   * Makes a token. An expired one of the same name makes room.
   *
   * @throws dev.temps.kit.ProblemException 422 for what means nothing, 403 for more than {@code by}
   *     has, 409 when a living token has the name
   */
  public Created create(Caller by, Actor actor, TokenWish wish) {
    String name = Name.parse("token name", wish.name()).value();
    long now = time.millis();
    Grant grant = wish.grant(by.grant(), now);
    if (!by.grant().covers(grant)) {
      throw beyond(by, grant);
    }
    Secret secret = Access.secret(ids);
    Token token = new Token(ids.next("at"), name, grant, by.name(), now, null, null);
    database.change(handle -> {
      TokenStore.find(handle, name).ifPresent(other -> makeRoom(handle, other, name, now));
      TokenStore.insert(handle, token, Hashes.of(secret));
      audit.done(handle, actor, "api-token.create", name + ", " + words(grant));
    });
    return new Created(token, secret);
  }

  private static void makeRoom(Handle handle, Token other, String name, long now) {
    if (other.state(now) == Token.State.active) {
      throw Problem.conflict(
              "token-name-taken",
              "There is a token with this name.",
              "\"" + name + "\" is " + words(other.grant()) + ".",
              "Choose another name, or first: temps token revoke " + name)
          .raise();
    }
    TokenStore.revoke(handle, other.id(), now);
  }

  private static String words(Grant grant) {
    return "role "
        + grant.role()
        + (grant.everywhere()
            ? ""
            : " in " + String.join(", ", grant.projects().stream().sorted().toList()));
  }

  private static RuntimeException beyond(Caller by, Grant wished) {
    return Problem.of(
            "beyond-own-rights",
            403,
            "A token can't make one that may more than itself.",
            "\""
                + by.name()
                + "\" has the "
                + words(by.grant())
                + (by.grant().endsAt() == null ? "" : " and ends")
                + "; the "
                + words(wished)
                + " was asked for.",
            "Ask for a lower role, fewer projects or a shorter time, or use an owner's token.")
        .raise();
  }

  /** The thousand newest, expired and revoked ones too. */
  public List<Token> list() {
    return database.read(TokenStore::all);
  }

  /**
   * Ends a token at once. Doing it twice is fine.
   *
   * @param nameOrId id, or name of a living token
   * @throws dev.temps.kit.ProblemException 404, 403 for a token of a higher role, 409 for the last
   *     owner token without an end
   */
  public void revoke(Caller by, Actor actor, String nameOrId) {
    long now = time.millis();
    database.change(handle -> {
      Token token =
          TokenStore.find(handle, nameOrId)
              .orElseThrow(() ->
                  Problem.missing("api-token", nameOrId, "List them with: temps token list")
                      .raise());
      by.must(token.grant().role());
      if (token.revokedAt() != null) {
        return;
      }
      if (lastOwner(handle, token)) {
        throw Problem.conflict(
                "last-owner",
                "The last owner token that never ends can't be revoked.",
                "Without \"" + token.name() + "\" nobody could make an owner any more.",
                "First make another: temps token create --name NAME --role owner --ttl never")
            .raise();
      }
      TokenStore.revoke(handle, token.id(), now);
      audit.done(handle, actor, "api-token.revoke", token.name() + ", " + words(token.grant()));
    });
  }

  private static boolean lastOwner(Handle handle, Token token) {
    return token.grant().role() == Role.owner
        && token.grant().endsAt() == null
        && TokenStore.lastingOwners(handle) <= 1;
  }
}
