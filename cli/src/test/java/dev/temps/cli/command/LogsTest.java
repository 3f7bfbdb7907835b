package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.RequestLogged;
import dev.temps.contract.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @AfterEach
  void stop() {
    control.close();
  }

  private static String line(String source, String text) {
    return Json.write(LogLine.printed("2026-01-01T00:00:00.5Z", "stdout", source, text)) + "\n";
  }

  private void answers(String query, String body) {
    control.raw("GET /api/v1/apps/web/logs" + query, 200, "application/x-ndjson", body);
  }

  @Test
  void eachLineNamesItsReplica() {
    answers("", line("web-1", "hello") + "\n" + line("web-2", "tab\there\u0007"));
    Person.Seen seen = new Person(home).at(control).runs("logs", "web");
    assertEquals("web-1 | hello\nweb-2 | tab\there \n", seen.out());
  }

  @Test
  void oneReplicaNeedsNoName() {
    answers("?tail=5&replica=2", line("web-2", "x"));
    Person.Seen seen =
        new Person(home).at(control).runs("logs", "web", "--replica", "2", "--tail", "5", "-t");
    assertEquals("2026-01-01T00:00:00.5Z x\n", seen.out());
  }

  @Test
  void jsonIsPassedOn() {
    answers("", line("web-1", "hello"));
    assertEquals(
        line("web-1", "hello"), new Person(home).at(control).runs("logs", "web", "--json").out());
  }

  @Test
  void sinceIsALengthOrATime() {
    new Person(home).at(control).runs("logs", "web", "--since", "10m");
    String then = Person.NOW.minus(Duration.ofMinutes(10)).toString().replace(":", "%3A");
    assertEquals(List.of("GET /api/v1/apps/web/logs?since=" + then), control.asked());
    assertEquals(1, new Person(home).at(control).runs("logs", "web", "--since", "soon").exit());
  }

  @Test
  void followingGoesOnWhereTheConnectionEnded() {
    answers("?follow=true", line("web-1", "one"));
    answers("?follow=true&since=2026-01-01T00%3A00%3A00.5Z", line("web-1", "two"));
    control.refuse(
        "GET /api/v1/apps/web/logs?follow=true&since=2026-01-01T00%3A00%3A00.5Z",
        404, "There is no such app.", "", "");
    Person.Seen seen = new Person(home).at(control).runs("logs", "web", "-f");
    assertEquals("web-1 | one\nweb-1 | two\n", seen.out());
    assertTrue(seen.err().contains("There is no such app."), seen.err());
    assertEquals(1, seen.exit());
  }

  @Test
  void requestsAreShownWithTheirTimeAndTheMachineThatAnswered() {
    LogLine request =
        new LogLine(
            "2026-01-01T00:00:00.512Z",
            "access",
            "node-2",
            "192.0.2.7 GET http://web.example.test/a 200 73B 7ms by 10.208.17.5:8080",
            new RequestLogged(
                "192.0.2.7",
                "GET",
                "web.example.test",
                "/a",
                "HTTP/1.1",
                null,
                200,
                96,
                73,
                7,
                1L,
                5L,
                0,
                "10.208.17.5:8080",
                "----"));
    String document = Json.write(request) + "\n";
    control.raw(
        "GET /api/v1/apps/web/access-log?tail=5&node=node-2",
        200,
        "application/x-ndjson",
        document);
    control.raw("GET /api/v1/apps/web/access-log", 200, "application/x-ndjson", document);
    String line = "192.0.2.7 GET http://web.example.test/a 200 73B 7ms by 10.208.17.5:8080\n";
    Person person = new Person(home).at(control);
    assertEquals(
        "2026-01-01T00:00:00.512Z node-2 | " + line, person.runs("logs", "web", "--access").out());
    assertEquals(
        "2026-01-01T00:00:00.512Z " + line,
        person.runs("logs", "web", "--access", "--node", "node-2", "--tail", "5").out());
    assertEquals(document, person.runs("logs", "web", "--access", "--json").out());
  }

  @Test
  void machinesAreForRequestsAndReplicasForWhatIsPrinted() {
    Person person = new Person(home).at(control);
    assertEquals(2, person.runs("logs", "web", "--node", "node-2").exit());
    assertEquals(2, person.runs("logs", "web", "--access", "--replica", "2").exit());
    assertEquals(List.of(), control.asked());
  }
}
