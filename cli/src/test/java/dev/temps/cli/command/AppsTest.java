package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.contract.api.LostNode;
import dev.temps.contract.api.LostPlan;
import dev.temps.contract.api.OperationView;
import dev.temps.contract.api.RegistryView;
import dev.temps.contract.api.TokenCreated;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that change something: what they ask, and what they ask for first. */
class AppsTest {
  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @AfterEach
  void stop() {
    control.close();
  }

  private Person person() {
    return new Person(home).at(control);
  }

  @Test
  void anAppIsScaledRestartedStoppedAndStarted() {
    for (String action : List.of("scale", "restart", "stop", "start")) {
      control.on("POST /api/v1/apps/web/" + action, Samples.app());
    }
    assertEquals(
        "web is degraded: 1 of 2 replicas healthy.\n", person().runs("scale", "web", "2").err());
    assertEquals(0, person().runs("restart", "web").exit());
    assertEquals(0, person().runs("stop", "web", "--yes").exit());
    assertEquals(0, person().runs("start", "web").exit());
    assertEquals(
        List.of(
            "POST /api/v1/apps/web/scale {\"replicas\":2}",
            "POST /api/v1/apps/web/restart",
            "POST /api/v1/apps/web/stop",
            "POST /api/v1/apps/web/start"),
        control.asked());
  }

  @Test
  void aRunThatCanNotBeMeantIsRefusedBeforeAnybodyIsAsked() {
    assertEquals(2, person().runs("run", "web").exit());
    assertEquals(2, person().runs("run", "web", "--timeout", "soon", "--", "sh").exit());
    assertEquals(2, person().runs("run", "web", "--memory", "much", "--", "sh").exit());
    assertEquals(1, person().runs("run", "../web", "--", "sh").exit());
    assertEquals(List.of(), control.asked());
  }

  @Test
  void aRefusedExecOrRunSaysWhy() {
    for (String what : List.of("exec", "run")) {
      control.refuse(
          "GET /api/v1/apps/nope/" + what, 404, "There is no app nope.", "Apps: web.", "");
      Person.Seen ran = person().runs(what, "nope", "--", "ls");
      assertEquals(1, ran.exit());
      assertTrue(ran.err().contains("There is no app nope."), ran::err);
    }
  }

  @Test
  void theHelpOfRunNamesItsLimits() {
    assertEquals(
        """
        Usage: temps run APP [OPTION...] -- COMMAND...

        Runs a command in a new container of an app's release, which is gone when it ends.

        Arguments:
              APP              Name of the app.
              COMMAND...       Command and its arguments, after --; the image's entrypoint stays
                                 before it.

        Options:
              --cpu=CORES      Its limit, e.g. 0.5 or 500m; the app's without.
              --memory=SIZE    Its limit, e.g. 256M; the app's without.
              --timeout=TIME   End it after so long, e.g. 90s or 2h, up to 7d; never without.
          -T, --no-terminal    Don't make a terminal, e.g. when output is piped on.
              --json           Print JSON; its members stay the same over versions.
              --context=NAME   Talk to this context's control plane instead of the current one's.
          -h, --help           Show this help.

        Examples:
          temps run web -- bin/migrate
          temps run web --memory 1G --timeout 2h -- sh
        """,
        person().runs("run", "--help").out());
  }

  private static OperationView operation(String state, String reason) {
    return operation("op-1", state, reason);
  }

  private static OperationView operation(String id, String state, String reason) {
    return new OperationView(
        id,
        "scale",
        "web",
        state,
        "waiting for web-3 on node-2",
        2,
        3,
        state.equals("running") ? null : reason,
        null,
        null,
        "anna",
        Person.ago(Duration.ofMinutes(1)),
        Person.ago(Duration.ofSeconds(1)),
        state.equals("running") ? null : Person.ago(Duration.ofSeconds(1)));
  }

  @Test
  void aWishIsWaitedForUntilItIsTrueUnlessToldNotTo() {
    control.on("POST /api/v1/apps/web/scale", Samples.app().withOperation("op-1"));
    control.on("GET /api/v1/apps/web", Samples.app());
    control.on("GET /api/v1/operations/op-1", operation("succeeded", "3 of 3 are healthy"));
    Person.Seen seen = person().runs("scale", "web", "3");
    assertEquals(0, seen.exit(), seen.err());
    assertTrue(seen.err().startsWith("scale of web: 3 of 3 are healthy."), seen.err());
    assertEquals(3, control.asked().size());
    assertEquals(0, person().runs("scale", "web", "3", "--detach").exit());
    assertEquals(4, control.asked().size());
    control.on("POST /api/v1/apps/web/restart", Samples.app().withOperation("op-2"));
    control.on("GET /api/v1/operations/op-2", operation("failed", "web-3 keeps ending"));
    Person.Seen failed = person().runs("restart", "web");
    assertEquals(1, failed.exit());
    assertTrue(failed.err().contains("web-3 keeps ending"), failed.err());
    control.on("POST /api/v1/apps/web/start", Samples.app().withOperation("op-3"));
    control.on("GET /api/v1/operations/op-3", operation("op-3", "running", ""));
    Person.Seen late = person().runs("start", "web", "--timeout", "1s");
    assertEquals(1, late.exit());
    assertTrue(late.err().contains("it goes on"), late.err());
    assertTrue(late.err().contains("waiting for web-3 on node-2"), late.err());
  }

  @Test
  void longWorkIsListedAsATableAndFilteredByTheServer() {
    control.on(
        "GET /api/v1/operations?limit=50&kind=scale&subject=web&unfinished=true",
        OperationView.class,
        List.of(operation("running", "")));
    Person.Seen seen =
        person().runs("operation", "list", "--kind", "scale", "--subject", "web", "--unfinished");
    assertEquals(
        """
        ID    KIND   OF   STATE    DONE  AGE  NOW
        op-1  scale  web  running  2/3   60s  waiting for web-3 on node-2
        """,
        seen.out());
  }

  @Test
  void aRollbackGoesToTheReleaseBeforeOrTheOneNamedAndWaits() {
    String call = "POST /api/v1/apps/web/rollback";
    control.on(call, Samples.rollback("starting"));
    control.on("GET /api/v1/deployments/d-1", Samples.rollback("serving"));
    Person.Seen seen = person().runs("rollback", "web");
    assertEquals(0, seen.exit(), seen.err());
    assertTrue(seen.err().startsWith("Back to release 4, registry.example.com/web:4."), seen.err());
    assertEquals("http://web.temps.test\n", seen.out());
    person().runs("rollback", "web", "--to", "3", "--detach");
    assertEquals(
        List.of(call + " {}", "GET /api/v1/deployments/d-1", call + " {\"to\":3}"),
        control.asked());
    for (String bad : List.of("0", "-1", "x", "4.5")) {
      assertTrue(person().runs("rollback", "web", "--to", bad).exit() != 0, bad);
    }
    assertEquals(3, control.asked().size());
  }

  @Test
  void whatDestroysIsShownBeforeItIsAskedFor() {
    control.on("GET /api/v1/apps/web", Samples.app());
    control.raw("DELETE /api/v1/apps/web", 204, "text/plain", "");
    Person.Seen no = person().atTerminal().types("n\n").runs("remove", "web");
    assertEquals(1, no.exit());
    assertTrue(no.err().contains("Remove web (degraded, 2 replicas, http://web"), no.err());
    assertFalse(control.asked().contains("DELETE /api/v1/apps/web"));
    assertEquals(0, person().atTerminal().types("y\n").runs("remove", "web").exit());
    assertTrue(control.asked().contains("DELETE /api/v1/apps/web"));
  }

  @Test
  void aScriptHasToSayYes() {
    Person.Seen seen = person().runs("stop", "web");
    assertEquals(2, seen.exit());
    assertTrue(seen.err().contains("--yes"), seen.err());
    assertEquals(List.of(), control.asked());
  }

  @Test
  void aNodeIsLabelledCordonedAndRemoved() {
    control.on("PATCH /api/v1/nodes/node-2", Samples.node("node-2", 2, "ready", null));
    control.on("GET /api/v1/nodes/node-2", Samples.node("node-2", 2, "down", "silent"));
    control.raw("DELETE /api/v1/nodes/n-2", 204, "text/plain", "");
    person().runs("node", "label", "node-2", "region=eu", "disk-");
    person().runs("node", "taint", "node-2", "dedicated=db", "spot:prefer-not", "old-");
    person().runs("node", "cordon", "node-2");
    person().runs("node", "uncordon", "node-2");
    assertEquals(0, person().runs("node", "remove", "node-2", "--yes").exit());
    assertEquals(
        List.of(
            "PATCH /api/v1/nodes/node-2 {\"labels\":{\"region\":\"eu\",\"disk\":\"\"}}",
            "PATCH /api/v1/nodes/node-2 {\"taints\":{\"dedicated\":\"db:no-place\","
                + "\"spot\":\":prefer-not\",\"old\":\"\"}}",
            "PATCH /api/v1/nodes/node-2 {\"availability\":\"cordoned\"}",
            "PATCH /api/v1/nodes/node-2 {\"availability\":\"active\"}",
            "GET /api/v1/nodes/node-2",
            "DELETE /api/v1/nodes/n-2"),
        control.asked());
  }

  private void twoLost() {
    LostNode two =
        new LostNode("node-2", "suspect", "No report for 9 s.", List.of("web-1"), "Gone.");
    LostNode three = new LostNode("node-3", "suspect", null, List.of(), "Gone.");
    control.on(
        "POST /api/v1/nodes/declare-lost", new LostPlan(false, "2 of 3", List.of(two, three)));
    control.on(
        "POST /api/v1/nodes/declare-lost", new LostPlan(true, "2 of 3", List.of(two, three)));
  }

  @Test
  void machinesAreDeclaredLostAfterThePlanWasShown() {
    twoLost();
    Person.Seen seen =
        person().atTerminal().types("y\n").runs("node", "declare-lost", "node-2", "node-3");
    assertEquals(0, seen.exit(), seen.err());
    assertTrue(
        seen.err()
            .startsWith(
                """
                2 of 3
                node-2 is suspect: No report for 9 s.
                  replicas there: web-1
                  Gone.
                node-3 is suspect
                  replicas there: none
                  Gone.
                Declare node-2, node-3 lost?\
                """),
        seen.err());
    assertEquals(
        List.of(
            "POST /api/v1/nodes/declare-lost {\"nodes\":[\"node-2\",\"node-3\"]}",
            "POST /api/v1/nodes/declare-lost {\"nodes\":[\"node-2\",\"node-3\"],\"confirm\":true}"),
        control.asked());
  }

  @Test
  void withoutAYesOnlyThePlanIsShown() {
    twoLost();
    Person.Seen seen = person().runs("node", "declare-lost", "node-2", "node-3");
    assertEquals(2, seen.exit());
    assertTrue(seen.err().contains("web-1") && seen.err().contains("--yes"), seen.err());
    assertEquals(1, control.asked().size());
    twoLost();
    assertEquals(0, person().runs("node", "declare-lost", "node-2", "--yes").exit());
  }

  @Test
  void anInvitationIsOneLineToPaste() {
    long expires = Person.ago(Duration.ofHours(-1));
    control.on(
        "POST /api/v1/node-tokens", new TokenCreated("t-1", "tok", "curl ... join", expires));
    Person.Seen seen =
        person().runs("node", "token", "create", "--ttl", "1h", "--name", "w", "--label", "a=b");
    assertEquals("curl ... join\n", seen.out());
    assertTrue(seen.err().contains("once, for the next 60m"), seen.err());
    assertEquals(
        List.of(
            "POST /api/v1/node-tokens"
                + " {\"ttlSeconds\":3600,\"name\":\"w\",\"labels\":{\"a\":\"b\"}}"),
        control.asked());
  }

  @Test
  void aRegistrysPasswordComesFromStandardInput() {
    control.on(
        "PUT /api/v1/registries/registry.example.com%3A5000",
        new RegistryView("registry.example.com:5000", "ci", 1));
    Person.Seen seen =
        person()
            .types("hunter2\n")
            .runs("registry", "login", "registry.example.com:5000", "--username", "ci");
    assertEquals(0, seen.exit(), seen.err());
    assertFalse(seen.err().contains("hunter2"));
    assertTrue(control.asked().getFirst().endsWith("\"password\":\"hunter2\"}"));
  }

  @Test
  void namesThatCouldLeaveTheirPlaceInAPathAreRefused() {
    for (String bad : List.of("..", "a/b", "a?b", "", "ü", "-x", "a".repeat(300))) {
      Person.Seen seen = person().runs("status", "--", bad);
      assertEquals(1, seen.exit(), bad);
      assertTrue(seen.err().length() < 250, seen.err());
    }
    assertEquals(List.of(), control.asked());
  }
}
