package dev.temps.control.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditEntry;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokensTest extends StoreTest {
  private static final Actor ACTOR = new Actor("owner", "192.0.2.1");

  private final FakeTime time = new FakeTime();
  private final Ids ids = Ids.secure();
  private Tokens tokens;
  private Access access;
  private Caller owner;

  @BeforeEach
  void anOwner() {
    tokens = new Tokens(database, new AuditLog(time, ids), time, ids);
    access = new Access(database, time);
    owner = check(database.write(h -> Access.create(h, ids, "owner", Role.owner, time.millis())));
  }

  private Caller check(Secret secret) {
    return access.check("Bearer " + secret.reveal());
  }

  private Tokens.Created make(
      Caller by, String name, Role role, @Nullable Long ttl, String... projects) {
    return tokens.create(by, ACTOR, new TokenWish(name, role.name(), List.of(projects), ttl));
  }

  private Caller maker(Role role, @Nullable Long ttl, String... projects) {
    return check(make(owner, "m-" + role + ids.next("x"), role, ttl, projects).secret());
  }

  private String refused(org.junit.jupiter.api.function.Executable work) {
    return assertThrows(ProblemException.class, work).problem().type();
  }

  @Test
  void aTokenMayWhatItWasMadeForUntilItEnds() {
    Secret made = make(owner, "ci", Role.developer, 3_600L, "web", "api").secret();
    Caller ci = check(made);
    assertTrue(ci.grant().reaches("web"));
    assertFalse(ci.grant().reaches("shop"));
    time.advance(Duration.ofHours(1));
    assertEquals("token-expired", refused(() -> check(made)));
    assertFalse(access.stillGood(ci));
  }

  @Test
  void withoutATimeATokenLivesNinetyDays() {
    Token token = make(owner, "ci", Role.viewer, null).token();
    assertEquals(time.millis() + Duration.ofDays(90).toMillis(), token.grant().endsAt());
    assertNull(make(owner, "ever", Role.viewer, 0L).token().grant().endsAt());
  }

  @Test
  void nobodyHandsOutMoreThanTheyHave() {
    Caller operator = maker(Role.operator, 0L);
    assertEquals("beyond-own-rights", refused(() -> make(operator, "x", Role.owner, 0L)));
    make(operator, "y", Role.operator, 0L);
    Caller brief = maker(Role.operator, 3_600L);
    assertEquals("beyond-own-rights", refused(() -> make(brief, "x", Role.viewer, 3_601L)));
    assertEquals("beyond-own-rights", refused(() -> make(brief, "x", Role.viewer, 0L)));
    assertEquals(
        brief.grant().endsAt(), make(brief, "z", Role.viewer, null).token().grant().endsAt());
    Caller developer = maker(Role.developer, 0L, "web");
    assertEquals(
        "beyond-own-rights", refused(() -> make(developer, "x", Role.developer, 0L, "shop")));
    assertEquals("beyond-own-rights", refused(() -> make(developer, "x", Role.viewer, 0L)));
    Caller viewer = maker(Role.viewer, 0L);
    assertEquals("beyond-own-rights", refused(() -> make(viewer, "x", Role.developer, 0L, "web")));
  }

  @Test
  void whatMeansNothingIsRefused() {
    assertEquals(422, status(() -> make(owner, "Not a name", Role.viewer, 0L)));
    assertEquals(422, status(() -> make(owner, "x", Role.developer, 0L)));
    assertEquals(422, status(() -> make(owner, "x", Role.operator, 0L, "web")));
    assertEquals(422, status(() -> make(owner, "x", Role.viewer, 59L)));
    assertEquals(422, status(() -> make(owner, "x", Role.viewer, Long.MAX_VALUE)));
    assertEquals(422, status(() -> make(owner, "x", Role.viewer, -1L)));
    TokenWish noRole = new TokenWish("x", "king", List.of(), null);
    assertEquals(422, status(() -> tokens.create(owner, ACTOR, noRole)));
  }

  private int status(org.junit.jupiter.api.function.Executable work) {
    return assertThrows(ProblemException.class, work).problem().status();
  }

  @Test
  void aLivingNameIsTakenAndAnExpiredOneIsNot() {
    make(owner, "ci", Role.viewer, 60L);
    assertEquals("token-name-taken", refused(() -> make(owner, "ci", Role.viewer, 60L)));
    time.advance(Duration.ofMinutes(1));
    make(owner, "ci", Role.viewer, 60L);
    tokens.revoke(owner, ACTOR, "ci");
    make(owner, "ci", Role.viewer, 60L);
  }

  @Test
  void aRevokedTokenIsOutAtOnceAndTheLogSaysWhoDidIt() {
    Secret made = make(owner, "ci", Role.operator, null).secret();
    Caller ci = check(made);
    tokens.revoke(owner, ACTOR, "ci");
    assertEquals("token-revoked", refused(() -> check(made)));
    assertFalse(access.stillGood(ci));
    assertEquals("no-such-api-token", refused(() -> tokens.revoke(owner, ACTOR, "ci")));
    AuditEntry last =
        database.read(h -> AuditLog.newest(h, 2)).stream()
            .filter(e -> e.action().equals("api-token.revoke"))
            .findFirst()
            .orElseThrow();
    assertEquals("ci, role operator", last.subject());
    assertEquals("192.0.2.1", last.source());
  }

  @Test
  void theLastOwnerThatNeverEndsStays() {
    make(owner, "brief", Role.owner, 3_600L);
    assertEquals("last-owner", refused(() -> tokens.revoke(owner, ACTOR, "owner")));
    Caller second = check(make(owner, "second", Role.owner, 0L).secret());
    tokens.revoke(owner, ACTOR, "owner");
    assertEquals("last-owner", refused(() -> tokens.revoke(second, ACTOR, "second")));
  }

  @Test
  void anOperatorCanNotRevokeAnOwner() {
    Caller operator = maker(Role.operator, 0L);
    make(owner, "second", Role.owner, 0L);
    assertEquals("forbidden", refused(() -> tokens.revoke(operator, ACTOR, "owner")));
  }

  @Test
  void whenATokenWasUsedIsWrittenOnceAMinute() {
    Secret made = make(owner, "ci", Role.viewer, null).secret();
    assertNull(lastUsed());
    check(made);
    long first = time.millis();
    assertEquals(first, lastUsed());
    time.advance(Duration.ofSeconds(59));
    check(made);
    assertEquals(first, lastUsed());
    time.advance(Duration.ofSeconds(1));
    check(made);
    assertEquals(time.millis(), lastUsed());
  }

  private @Nullable Long lastUsed() {
    return tokens.list().stream()
        .filter(t -> t.name().equals("ci"))
        .findFirst()
        .orElseThrow()
        .lastUsedAt();
  }
}
