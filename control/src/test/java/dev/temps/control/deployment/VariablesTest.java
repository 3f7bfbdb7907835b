package dev.temps.control.deployment;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static dev.temps.control.deployment.TestCluster.web;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.api.VariablesPatch;
import dev.temps.contract.json.Json;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.deployment.TestCluster.Behaviour;
import dev.temps.control.event.EventStore;
import dev.temps.control.project.Variable;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Variables of an app from being set to being in its containers, over the real store. */
class VariablesTest extends StoreTest {
  private static final String HIDDEN = "h1dd3n";

  private TestCluster cluster;

  @BeforeEach
  void oneNode() {
    cluster = new TestCluster(database, folder).nodes("a");
    cluster.gateway.push("web:2", TestCluster.DIGEST.replace('0', '1'), "amd64");
  }

  private Deployment deploy(String more) {
    String json = "{\"project\":\"web\",\"image\":\"web\"" + more + "}";
    Deployment made = cluster.deploy(Json.read(DeployRequest.class, json));
    cluster.settle();
    cluster.advance(DeploymentPlanner.WATCHED);
    return made;
  }

  private VariableService.Outcome change(String json) {
    VariableService.Outcome outcome =
        cluster.variables.change("web", Json.readStrict(VariablesPatch.class, json), ANNA);
    cluster.settle();
    cluster.advance(DeploymentPlanner.WATCHED);
    return outcome;
  }

  private Problem refused(String json) {
    List<Replica> before = cluster.living();
    Problem problem = assertThrows(ProblemException.class, () -> change(json)).problem();
    assertEquals(before, cluster.living());
    assertFalse(problem.line().contains(HIDDEN), problem.line());
    return problem;
  }

  /** What containers of the release that serves see, without what every container sees. */
  private Map<String, String> seen() {
    String serving = cluster.backends("web").getFirst();
    WorkloadSpec spec =
        database.read(h -> cluster.workloads.on(h, "n-a")).stream()
            .filter(w -> w.id().equals(serving))
            .findFirst()
            .orElseThrow();
    Map<String, String> seen = new TreeMap<>();
    spec.env().stream()
        .filter(line -> !line.startsWith("TEMPS_") && !line.startsWith("PORT="))
        .forEach(line -> seen.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    return seen;
  }

  private Map<String, Variable> kept() {
    Map<String, Variable> kept = new TreeMap<>();
    cluster.variables.list("web").forEach(one -> kept.put(one.name(), one));
    return kept;
  }

  private Variable kept(String name) {
    return Objects.requireNonNull(kept().get(name), name);
  }

  @Test
  void aChangeIsANewReleaseOfThePresentImageWithTheNewVariables() {
    Deployment first = deploy(",\"replicas\":2,\"port\":3000");
    cluster.gateway.reachable("n-a", false);
    VariableService.Outcome outcome =
        change("{\"set\":{\"LEVEL\":\"debug\"},\"secrets\":{\"KEY\":\"h1dd3n\"}}");
    Deployment made = outcome.release();
    assertNotNull(made);
    assertEquals(2, made.number());
    assertEquals(first.digest(), made.digest());
    assertEquals(3000, made.parsed().port());
    assertEquals(DeploymentState.serving, cluster.deployment(made.id()).state());
    assertEquals(Map.of("LEVEL", "debug", "KEY", HIDDEN), seen());
    assertEquals(2, cluster.backends("web").size());
    change("{\"unset\":[\"LEVEL\"]}");
    assertEquals(Map.of("KEY", HIDDEN), seen());
  }

  @Test
  void aSecretStandsInNoEventAuditRowLabelOrRowInTheClear() {
    deploy("");
    change("{\"secrets\":{\"KEY\":\"h1dd3n\"}}");
    change("{\"set\":{\"KEY\":\"h1dd3n2\"}}");
    List<String> said = new ArrayList<>();
    database.read(h -> EventStore.list(h, null, null, 1_000)).forEach(e -> said.add(e.toString()));
    database.read(h -> AuditLog.newest(h, 1_000)).forEach(e -> said.add(e.toString()));
    database
        .read(h -> cluster.workloads.on(h, "n-a"))
        .forEach(w -> said.add(w + " " + w.labels() + " " + w.command()));
    database
        .read(h -> h.createQuery("SELECT sealed FROM variables").mapTo(String.class).list())
        .forEach(said::add);
    database.read(h -> DeploymentStore.list(h, null, 10)).forEach(d -> said.add(d.settings()));
    said.add(cluster.variables.list("web").toString());
    said.add(new VariablesPatch(Map.of("A", HIDDEN), Map.of("B", HIDDEN), null, null).toString());
    said.forEach(text -> assertFalse(text.contains(HIDDEN), text));
    assertTrue(said.stream().anyMatch(text -> text.contains("anna: set KEY")), said::toString);
    assertTrue(said.stream().anyMatch(text -> text.contains("env.change")), said::toString);
  }

  @Test
  void whatIsASecretStaysOneUntilItIsUnset() {
    deploy("");
    change("{\"secrets\":{\"KEY\":\"h1dd3n\"},\"deploy\":false}");
    change("{\"set\":{\"KEY\":\"other\"},\"deploy\":false}");
    assertTrue(kept("KEY").secret());
    assertEquals("other", kept("KEY").value().reveal());
    change("{\"unset\":[\"KEY\"],\"deploy\":false}");
    change("{\"set\":{\"KEY\":\"open\"},\"deploy\":false}");
    assertFalse(kept("KEY").secret());
  }

  @Test
  void aDeployWithVariablesReplacesThePlainOnesAndKeepsTheSecrets() {
    deploy(",\"env\":{\"A\":\"1\",\"B\":\"2\"}");
    change("{\"secrets\":{\"KEY\":\"h1dd3n\",\"B2\":\"old\"}}");
    deploy(",\"env\":{\"A\":\"9\",\"B2\":\"new\"}");
    assertEquals(Map.of("A", "9", "KEY", HIDDEN, "B2", "new"), seen());
    assertTrue(kept("B2").secret());
    deploy("");
    assertEquals(Map.of("A", "9", "KEY", HIDDEN, "B2", "new"), seen());
    deploy(",\"env\":{}");
    assertEquals(Map.of("KEY", HIDDEN, "B2", "new"), seen());
  }

  @Test
  void keptWithoutARolloutTheyComeWithTheNextRelease() {
    deploy("");
    VariableService.Outcome outcome = change("{\"set\":{\"A\":\"1\"},\"deploy\":false}");
    assertNull(outcome.release());
    assertEquals(Map.of(), seen());
    deploy("");
    assertEquals(Map.of("A", "1"), seen());
  }

  @Test
  void aStoppedAppKeepsThemAndStaysStopped() {
    deploy("");
    cluster.apps.stop("web", ANNA);
    VariableService.Outcome outcome = change("{\"set\":{\"A\":\"1\"}}");
    assertNull(outcome.release());
    assertEquals("Kept for the next release: web is stopped.", outcome.note());
    assertEquals(List.of(), cluster.backends("web"));
  }

  @Test
  void whatChangesNothingMakesNoReleaseAndKeepsTheTimes() {
    deploy("");
    change("{\"set\":{\"A\":\"1\"}}");
    long at = kept("A").updatedAt();
    cluster.advance(Duration.ofHours(1));
    assertNull(change("{\"set\":{\"A\":\"1\"}}").release());
    change("{\"set\":{\"B\":\"1\"}}");
    assertEquals(at, kept("A").updatedAt());
    assertEquals("anna", kept("B").updatedBy());
  }

  @Test
  void anAppWhoseFirstReleaseFailedForAMissingVariableIsTriedAgainWithIt() {
    cluster.behave("web@", Behaviour.CRASHES);
    deploy("");
    cluster.behave("web@", Behaviour.WELL);
    Deployment made = change("{\"set\":{\"DB\":\"there\"}}").release();
    assertNotNull(made);
    assertEquals(DeploymentState.serving, cluster.deployment(made.id()).state());
  }

  @Test
  void aReleaseThatIsStillStartingIsNotUndoneByAChange() {
    deploy("");
    cluster.behave("web@sha256:1", Behaviour.SLOW);
    cluster.deploy(Json.read(DeployRequest.class, "{\"project\":\"web\",\"image\":\"web:2\"}"));
    Deployment made = change("{\"set\":{\"A\":\"1\"}}").release();
    assertNotNull(made);
    assertEquals("web:2", made.image());
  }

  @Test
  void aRollbackBringsTheVariablesOfThenBackAndTheyStay() {
    deploy("");
    change("{\"secrets\":{\"KEY\":\"h1dd3n\"},\"set\":{\"A\":\"1\"}}");
    change("{\"set\":{\"A\":\"bad\"},\"unset\":[\"KEY\"]}");
    cluster.rollbacks.rollBack("web", null, ANNA);
    cluster.settle();
    assertEquals(Map.of("A", "1", "KEY", HIDDEN), seen());
    assertTrue(kept("KEY").secret());
    deploy("");
    assertEquals(Map.of("A", "1", "KEY", HIDDEN), seen());
  }

  @Test
  void variablesOfAReleaseFromBeforeTheyWereKeptAreNotLost() {
    Deployment old = deploy("");
    String sealed = new Variables(Map.of("OLD", "1"), null).seal(cluster.vault.sealer(), old.id());
    database.change(h ->
        h.createUpdate("UPDATE deployments SET env_sealed = :sealed")
            .bind("sealed", sealed)
            .execute());
    change("{\"set\":{\"NEW\":\"2\"}}");
    assertEquals(Map.of("OLD", "1", "NEW", "2"), seen());
  }

  @Test
  void aRemovedAppsVariablesAreForgotten() {
    deploy("");
    change("{\"secrets\":{\"KEY\":\"h1dd3n\"}}");
    cluster.apps.remove("web", ANNA);
    List<String> rows =
        database.read(h -> h.createQuery("SELECT name FROM variables").mapTo(String.class).list());
    assertEquals(List.of(), rows);
    cluster.deploy(web(1));
    assertEquals(Map.of(), kept());
  }

  @Test
  void badChangesAreRefusedWholeAndNoValueIsShown() {
    assertEquals("no-such-app", refused("{\"set\":{\"A\":\"h1dd3n\"}}").type());
    deploy("");
    for (String bad : List.of("", "A B", "1A", "A=B", "a\\nb", "x".repeat(201), "$(id)", "ü")) {
      assertEquals(
          "invalid-variable", refused("{\"secrets\":{\"" + bad + "\":\"h1dd3n\"}}").type(), bad);
    }
    assertEquals("invalid-variable", refused("{\"secrets\":{\"A\":\"h1dd3n\\u0000\"}}").type());
    assertEquals("invalid-variable", refused("{\"secrets\":{\"A\":null}}").type());
    assertEquals("invalid-variables", refused("{}").type());
    assertEquals(
        "invalid-variable",
        refused("{\"set\":{\"A\":\"h1dd3n\"},\"secrets\":{\"A\":\"h1dd3n\"}}").type());
    assertEquals(
        "no-such-variable", refused("{\"set\":{\"A\":\"h1dd3n\"},\"unset\":[\"B\"]}").type());
    assertEquals(
        "invalid-variable", refused("{\"set\":{\"BIG\":\"" + "x".repeat(32_001) + "\"}}").type());
    StringBuilder many = new StringBuilder("\"A\":\"\"");
    for (int i = 0; i < 1_000; i++) {
      many.append(",\"N" + i + "\":\"\"");
    }
    assertEquals("invalid-variables", refused("{\"set\":{" + many + "}}").type());
    assertEquals(Map.of(), kept());
  }

  @Test
  void theLargestVariablesReachTheNodeWholeAndOneMoreIsRefused() {
    deploy("");
    String largest = "x".repeat(32_000);
    StringBuilder all = new StringBuilder("\"BIG0\":\"" + largest + "\"");
    for (int i = 1; i < 16; i++) {
      all.append(",\"BIG" + i + "\":\"" + largest + "\"");
    }
    change("{\"secrets\":{" + all + "}}");
    cluster.advance(Duration.ofSeconds(10));
    WorkloadSpec spec = database.read(h -> cluster.workloads.on(h, "n-a")).getFirst();
    assertEquals(spec, Json.read(WorkloadSpec.class, Json.write(spec)));
    assertEquals(largest, seen().get("BIG15"));
    assertEquals("invalid-variables", refused("{\"set\":{\"BIG16\":\"" + largest + "\"}}").type());
    assertEquals(16, kept().size());
  }
}
