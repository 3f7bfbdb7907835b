package dev.temps.control.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.audit.Actor;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.testing.FakeTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTest extends StoreTest {
  private final FakeTime time = new FakeTime();
  private final Ids ids = Ids.secure();

  private Secret token(Role role) {
    return database.write(h -> Access.create(h, ids, "ci", role, time.millis()));
  }

  private Caller check(@Nullable String header) {
    return new Access(database, time).check(header);
  }

  private void refused(@Nullable String header) {
    refused("unauthenticated", header);
  }

  private void refused(String type, @Nullable String header) {
    ProblemException refused = assertThrows(ProblemException.class, () -> check(header));
    assertEquals(type, refused.problem().type());
    assertEquals(401, refused.problem().status());
  }

  @Test
  void knowsTheBearerOfAToken() {
    Secret token = token(Role.operator);
    Caller ci = check("Bearer " + token.reveal());
    assertEquals("ci", ci.name());
    assertEquals(new Grant(Role.operator, Set.of(), null), ci.grant());
    assertEquals(ci, check("bearer  " + token.reveal() + " "));
  }

  @Test
  void refusesEverybodyElse() {
    Secret token = token(Role.owner);
    refused(null);
    refused("");
    refused("Basic " + token.reveal());
    refused("Bearer ");
    refused("Bearer " + token.reveal().substring(1));
    refused("Bearer ' OR 1=1 --");
  }

  @Test
  void saysWhetherATokenWasRevokedOrHasExpired() {
    Secret token = token(Role.owner);
    database.change(h -> h.execute("UPDATE api_tokens SET expires_at = ?", time.millis() + 1));
    check("Bearer " + token.reveal());
    time.advance(java.time.Duration.ofMillis(1));
    refused("token-expired", "Bearer " + token.reveal());
    database.change(h -> h.execute("UPDATE api_tokens SET expires_at = NULL, revoked_at = 1"));
    refused("token-revoked", "Bearer " + token.reveal());
  }

  @Test
  void storesNoToken() {
    Secret token = token(Role.owner);
    String row =
        database.read(h -> h.createQuery("SELECT * FROM api_tokens").mapToMap().one().toString());
    assertFalse(row.contains(token.reveal().substring(6)), row);
  }

  private static Caller caller(Role role) {
    return new Caller("at-1", "a", new Grant(role, Set.of(), null));
  }

  @Test
  void aRoleIncludesTheLowerOnes() {
    caller(Role.owner).must(Role.viewer);
    caller(Role.developer).must(Role.developer);
    ProblemException refused =
        assertThrows(ProblemException.class, () -> caller(Role.viewer).must(Role.developer));
    assertEquals(403, refused.problem().status());
    assertTrue(refused.problem().detail().contains("viewer"));
  }

  @Test
  void theAuditLogKeepsWhoChangedWhat() {
    AuditLog log = new AuditLog(time, ids);
    database.change(h -> log.done(h, new Actor("ci", "192.0.2.1"), "node.cordon", "worker-2"));
    database.change(h -> log.add(h, Actor.SELF, "x", "y".repeat(1_000), "refused"));
    var rows = database.read(h -> AuditLog.newest(h, 10));
    assertEquals(2, rows.size());
    assertTrue(rows.stream().anyMatch(r -> r.action().equals("node.cordon")));
    assertTrue(rows.stream().allMatch(r -> r.subject().length() <= 300));
    long later = time.millis() + java.time.Duration.ofDays(400).toMillis() + 1;
    assertEquals(1, database.<Integer>write(h -> AuditLog.dropOld(h, later, 1)));
    assertEquals(1, database.<Integer>write(h -> AuditLog.dropOld(h, later, 10)));
    assertEquals(0, database.<Integer>write(h -> AuditLog.dropOld(h, later, 10)));
  }
}
