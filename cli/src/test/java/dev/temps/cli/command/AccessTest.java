package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.contract.api.ApiTokenCreated;
import dev.temps.contract.api.ApiTokenView;
import dev.temps.contract.api.AuditView;
import dev.temps.contract.api.EventView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, the audit log and the history of events, as they are typed and seen. */
class AccessTest {
  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @AfterEach
  void stop() {
    control.close();
  }

  private Person.Seen runs(String... words) {
    return new Person(home).at(control).runs(words);
  }

  @Test
  void aTokenIsTheOnlyThingOnStandardOutput() {
    long end = Person.ago(Duration.ofDays(-30));
    control.on(
        "POST /api/v1/tokens",
        new ApiTokenCreated("at-1", "ci", "temps_abc", "developer", List.of("web"), end));
    Person.Seen seen =
        runs(
            "token",
            "create",
            "--name",
            "ci",
            "--role",
            "developer",
            "--project",
            "web",
            "--ttl",
            "30d");
    assertEquals("temps_abc\n", seen.out());
    assertEquals("It is shown this once: ci, developer of web, ends in 30d.\n", seen.err());
    assertEquals(
        List.of(
            "POST /api/v1/tokens {\"name\":\"ci\",\"role\":\"developer\",\"projects\":[\"web\"],"
                + "\"ttlSeconds\":2592000}"),
        control.asked());
    assertEquals(2, runs("token", "create", "--name", "ci").exit());
  }

  @Test
  void tokensAreListedWithWhatTheyMayAndWhenTheyWereUsed() {
    control.on(
        "GET /api/v1/tokens",
        ApiTokenView.class,
        List.of(
            new ApiTokenView(
                "at-2",
                "ci",
                "developer",
                List.of("api", "web"),
                "active",
                "owner",
                0,
                Person.ago(Duration.ofDays(-30)),
                Person.ago(Duration.ofMinutes(3))),
            new ApiTokenView("at-3", "old", "viewer", List.of(), "revoked", "owner", 0, 0, 0),
            new ApiTokenView(
                "at-1", "owner", "owner", List.of(), "active", "first start", 0, 0, 0)));
    assertEquals(
        """
        NAME   ROLE       PROJECTS  STATE   ENDS IN  LAST USED  BY           ID
        ci     developer  api,web   active  30d      3m         owner        at-2
        owner  owner      all       active  -        -          first start  at-1
        """,
        runs("token", "list").out());
    assertTrue(runs("token", "list", "--all").out().contains("\nold "));
  }

  @Test
  void revokingAsksFirst() {
    control.raw("DELETE /api/v1/tokens/ci", 204, "", "");
    assertEquals(0, runs("token", "revoke", "ci", "--yes").exit());
    assertEquals(List.of("DELETE /api/v1/tokens/ci"), control.asked());
    assertEquals(2, new Person(home).at(control).types("n\n").runs("token", "revoke", "ci").exit());
    assertEquals(1, control.asked().size());
  }

  @Test
  void theAuditLogSaysWhoDidWhatFromWhere() {
    long then = Person.ago(Duration.ofMinutes(3));
    control.on(
        "GET /api/v1/audit?actor=ci&limit=2",
        AuditView.class,
        List.of(
            new AuditView("au-2", then, "ci", "192.0.2.1", "app.exec", "web-1: sh", "done"),
            new AuditView("au-1", then, "ci", "192.0.2.1", "app.scale", "web", "refused: No.")));
    String page = runs("audit", "--actor", "ci", "--limit", "2").out();
    String at = java.time.Instant.ofEpochMilli(then / 1000 * 1000).toString();
    assertEquals(
        """
        WHEN                  WHO  FROM       WHAT       OF         OUTCOME
        %s  ci   192.0.2.1  app.exec   web-1: sh  done
        %s  ci   192.0.2.1  app.scale  web        refused: No.
        """
            .formatted(at, at),
        page);
  }

  private static EventView event(int number) {
    long at = Person.ago(Duration.ofMinutes(3)) + number;
    return new EventView("ev-" + number, at, "node.ready", "worker-" + number, null, "proven");
  }

  @Test
  void aLongHistoryIsReadPageByPage() {
    List<EventView> first = IntStream.range(0, 1000).mapToObj(i -> event(2000 - i)).toList();
    control.on("GET /api/v1/events?limit=1000", EventView.class, first);
    control.on(
        "GET /api/v1/events?limit=1000&before=ev-1001", EventView.class, List.of(event(1000)));
    Person.Seen seen = runs("events", "--limit", "1500");
    assertEquals(1002, seen.out().lines().count(), seen.err());
    assertTrue(seen.out().contains("worker-1000 "));
  }

  @Test
  void followedEventsComeOnceAndInOrder() {
    Fresh fresh = new Fresh(List.of(event(5), event(4)), 0);
    assertEquals(event(4).atMillis() + 1, fresh.lookFrom());
    assertEquals(
        List.of(event(6), event(7)),
        fresh.of(List.of(event(7), event(6), event(5))),
        "only the new ones, oldest first");
    assertEquals(List.of(), fresh.of(List.of(event(7), event(6), event(5))));
    assertEquals(0, new Fresh(List.of(), 0).lookFrom());
  }
}
