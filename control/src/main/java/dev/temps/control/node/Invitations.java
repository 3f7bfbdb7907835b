package dev.temps.control.node;

import dev.temps.contract.tls.JoinToken;
import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.secret.Hashes;
import dev.temps.control.store.Database;
import dev.temps.kit.Ids;
import dev.temps.kit.Name;
import dev.temps.kit.Problem;
import dev.temps.kit.Secret;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes join tokens. Thread-safe. */
public final class Invitations {
  /** Life of an invitation when nobody says otherwise. */
  public static final Duration DEFAULT_TTL = Duration.ofHours(1);

  private static final Duration TTL_MIN = Duration.ofSeconds(60);
  private static final Duration TTL_MAX = Duration.ofDays(7);

  private final Database database;
  private final AuditLog audit;
  private final Time time;
  private final Ids ids;
  private final Supplier<String> caFingerprint;

  /** Invitations to the cluster whose CA has that fingerprint at the time. */
  public Invitations(
      Database database, AuditLog audit, Time time, Ids ids, Supplier<String> caFingerprint) {
    this.database = database;
    this.audit = audit;
    this.time = time;
    this.ids = ids;
    this.caFingerprint = caFingerprint;
  }

  /** A new invitation; the token can't be had again. */
  public record Created(String id, JoinToken token, long expiresAtMillis) {}

  /**
   * Invites one machine.
   *
   * @param ttl 60 seconds to 7 days, null: one hour
   * @param name of the node, null: free
   * @throws dev.temps.kit.ProblemException 422 for a bad argument, 409 when the name is taken
   */
  public Created create(
      Actor actor, @Nullable Duration ttl, @Nullable String name, Map<String, String> labels) {
    Duration life = ttl == null ? DEFAULT_TTL : ttl;
    if (life.compareTo(TTL_MIN) < 0 || life.compareTo(TTL_MAX) > 0) {
      throw Problem.invalid(
              "ttl",
              "A join token may live from 60 seconds to 7 days, not " + life.toSeconds() + " s.",
              "Leave it out for one hour.")
          .raise();
    }
    String wished = name == null ? null : Name.parse("node name", name).value();
    return create(actor, life, wished, Labels.checked(labels), actor.name());
  }

  /** Invites the control plane's own machine, for ten minutes. */
  public Created createLocal() {
    Duration life = Duration.ofMinutes(10);
    return create(Actor.SELF, life, null, Map.of(), InvitationStore.LOCAL);
  }

  private Created create(
      Actor actor,
      Duration ttl,
      @Nullable String name,
      Map<String, String> labels,
      String createdBy) {
    Secret secret = new Secret(ids.secret());
    long now = time.millis();
    long expires = now + ttl.toMillis();
    String id = ids.next("jt");
    Invitation invitation =
        new Invitation(id, name, labels, false, createdBy, now, expires, null, null, null, null);
    database.change(handle -> {
      if (name != null && NodeStore.byName(handle, name).isPresent()) {
        throw Refusals.nameTaken(name);
      }
      InvitationStore.insert(handle, invitation, Hashes.of(secret));
      audit.done(handle, actor, "token.create", id);
    });
    return new Created(id, new JoinToken(secret, caFingerprint.get()), expires);
  }

  /** The thousand newest, used and revoked ones too. */
  public List<Invitation> list() {
    return database.read(InvitationStore::all);
  }

  /**
   * Makes an invitation useless. Doing it twice is fine; a node that used it stays.
   *
   * @throws dev.temps.kit.ProblemException 404 when there is none with that id
   */
  public void revoke(Actor actor, String id) {
    database.change(handle -> {
      Invitation found =
          InvitationStore.byId(handle, id)
              .orElseThrow(() ->
                  Problem.missing("token", id, "List them with: temps node token list").raise());
      if (found.revokedAt() == null) {
        InvitationStore.revoke(handle, id, time.millis());
        audit.done(handle, actor, "token.revoke", id);
      }
    });
  }
}
