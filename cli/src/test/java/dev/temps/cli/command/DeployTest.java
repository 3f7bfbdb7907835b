package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.contract.api.DeployPlan;
import dev.temps.contract.api.PlacementStrategy;
import dev.temps.contract.api.PlannedReplica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deploying: what is sent, what is shown while waiting, and how it ends. */
class DeployTest {
  private static final String DEPLOY = "POST /api/v1/deployments";
  private static final String SHOW = "GET /api/v1/deployments/d-1";

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
  void itWaitsAndTellsWhatChangesUntilItServes() {
    control.on(DEPLOY, Samples.release("starting", null));
    control.on(
        SHOW,
        Samples.release("starting", null, Samples.container(1, "node-1", "pulling", "unknown")));
    control.on(
        SHOW,
        Samples.release("starting", null, Samples.container(1, "node-1", "pulling", "unknown")));
    control.refuse(SHOW, 503, "The control plane restarts.", "", "");
    control.on(
        SHOW,
        Samples.release("serving", null, Samples.container(1, "node-1", "running", "healthy")));
    Person.Seen seen = runs("deploy", "--project", "web", "--image", "web:7");
    assertEquals(0, seen.exit(), seen.err());
    assertEquals("http://web.temps.test\n", seen.out());
    assertEquals(
        """
        Release 7 of web:
          web-1 on node-1: pulling
          web-1 on node-1: running, healthy
        Serving: 1 of 1 healthy.
        """,
        seen.err());
  }

  @Test
  void onlyWhatIsSaidIsSent() {
    control.on(DEPLOY, Samples.release("serving", null));
    runs("deploy", "--project", "web", "--image", "web:7");
    assertEquals(DEPLOY + " {\"project\":\"web\",\"image\":\"web:7\"}", control.asked().getFirst());
  }

  @Test
  void everythingSaidIsSent() throws IOException {
    control.on(DEPLOY, Samples.release("starting", null));
    Path file = Files.writeString(home.resolve("prod.env"), "A=1\n");
    Person.Seen seen =
        runs(
            "deploy",
            "--project",
            "web",
            "--environment",
            "preview-12",
            "--image",
            "web:7",
            "--replicas",
            "2",
            "--node",
            "node-2",
            "--require",
            "region=eu",
            "--avoid",
            "disk=slow",
            "--env-file",
            file.toString(),
            "--env",
            "B=2",
            "--cpu",
            "500m",
            "--memory",
            "256M",
            "--port",
            "3000",
            "--health",
            "/healthz",
            "--drain-timeout",
            "2m",
            "--max-surge",
            "1",
            "--max-unavailable",
            "0",
            "--volume",
            "data:/var/lib/data",
            "--exclusive",
            "--detach",
            "--",
            "serve",
            "--verbose");
    assertEquals(0, seen.exit(), seen.err());
    assertEquals(
        DEPLOY
            + " {\"project\":\"web\",\"environment\":\"preview-12\",\"image\":\"web:7\","
            + "\"replicas\":2,\"node\":\"node-2\",\"require\":{\"region\":\"eu\"},"
            + "\"avoid\":{\"disk\":\"slow\"},\"env\":{\"A\":\"1\",\"B\":\"2\"},"
            + "\"command\":[\"serve\",\"--verbose\"],\"cpuMillis\":500,"
            + "\"memoryBytes\":268435456,\"port\":3000,\"healthPath\":\"/healthz\","
            + "\"rollout\":{\"drainSeconds\":120,\"maxSurge\":1,\"maxUnavailable\":0},"
            + "\"volumes\":{\"data\":\"/var/lib/data\"},\"exclusive\":true}",
        control.asked().getFirst());
  }

  @Test
  void wishesAboutPlacesAreSentAndTakenBack() {
    control.on(DEPLOY, Samples.release("serving", null));
    runs(
        List.of(
                "deploy --project web --image w --require zone=fra,ams --require gpu",
                "--near cache --apart noisy --prefer disk=ssd --tolerate dedicated=db",
                "--spread zone --max-skew 2 --pack")
            .stream()
            .flatMap(line -> Stream.of(line.split(" ")))
            .toArray(String[]::new));
    assertEquals(
        DEPLOY
            + " {\"project\":\"web\",\"image\":\"w\","
            + "\"require\":{\"zone\":\"fra,ams\",\"gpu\":\"\"},"
            + "\"placement\":{\"tolerate\":[\"dedicated=db\"],\"near\":[\"cache\"],"
            + "\"apart\":[\"noisy\"],\"prefer\":[\"disk=ssd\"],\"spread\":\"zone\",\"maxSkew\":2,"
            + "\"strategy\":\"pack\"}}",
        control.asked().getFirst());
    runs("deploy", "--project", "web", "--image", "w", "--near", "none", "--spread=none");
    assertTrue(
        control.asked().getLast().endsWith("\"placement\":{\"near\":[],\"spread\":\"\"}}"),
        control.asked()::toString);
  }

  @Test
  void packingIsSaidOrLeftToTheCluster() {
    control.on(DEPLOY, Samples.release("serving", null));
    for (String[] one : new String[][] {{"true", "pack"}, {"false", "spread"}, {"default", ""}}) {
      runs("deploy", "--project", "web", "--image", "w", "--pack=" + one[0]);
      assertTrue(
          control.asked().getLast().endsWith("\"placement\":{\"strategy\":\"" + one[1] + "\"}}"),
          control.asked()::toString);
    }
    Person.Seen seen = runs("deploy", "--project", "web", "--image", "w", "--pack=maybe");
    assertEquals(2, seen.exit());
    assertTrue(seen.err().contains("Use true, false or default."), seen.err());
  }

  @Test
  void aDryRunShowsWhatWouldGoWhere() {
    control.on(
        DEPLOY + "/plan",
        new DeployPlan(
            "web",
            true,
            "w@sha256:0a",
            List.of(new PlannedReplica("web-1", "node-2", "the only one of 3 nodes that fits")),
            2,
            "no place for 1 more: 2 nodes: cordoned",
            new PlacementStrategy("pack", "cluster")));
    Person.Seen seen = runs("deploy", "--project", "web", "--image", "w", "--dry-run");
    assertEquals(0, seen.exit(), seen.err());
    assertEquals(
        """
        REPLICA  NODE    BECAUSE
        web-1    node-2  the only one of 3 nodes that fits
        """,
        seen.out());
    assertEquals(
        """
        Would make the app web from w@sha256:0a. Nothing was changed.
        Strategy: pack, the cluster's default.
        Would wait: no place for 1 more: 2 nodes: cordoned
        """,
        seen.err());
  }

  @Test
  void healthIsShownInOneWayOnly() {
    control.on(DEPLOY, Samples.release("serving", null));
    runs("deploy", "--project", "web", "--image", "w", "--health-command", "pg_isready  -U app");
    assertTrue(
        control
            .asked()
            .getLast()
            .endsWith("\"rollout\":{\"healthCommand\":[\"pg_isready\",\"-U\",\"app\"]}}"),
        control.asked()::toString);
    runs("deploy", "--project", "web", "--image", "w", "--health-none");
    assertTrue(control.asked().getLast().endsWith("\"rollout\":{\"healthNone\":true}}"));
    Person.Seen seen =
        runs("deploy", "--project", "web", "--image", "w", "--health-none", "--health", "/x");
    assertEquals(2, seen.exit());
    assertEquals(2, control.asked().size());
  }

  @Test
  void variablesMayBePipedIn() {
    control.on(DEPLOY, Samples.release("serving", null));
    Person.Seen seen =
        new Person(home)
            .at(control)
            .types("SECRET=hunter2\n")
            .runs("deploy", "--project", "web", "--image", "web:7", "--env-file", "-");
    assertEquals(0, seen.exit(), seen.err());
    assertTrue(control.asked().getFirst().contains("\"env\":{\"SECRET\":\"hunter2\"}"));
  }

  @Test
  void aFailedReleaseIsExitCodeOneWithItsLastWords() {
    control.on(DEPLOY, Samples.release("failed", "web-1 exited with 3: no database"));
    Person.Seen seen = runs("deploy", "--project", "web", "--image", "web:7");
    assertEquals(1, seen.exit());
    assertTrue(
        seen.err()
            .endsWith(
                "temps: Release 7 of web failed. web-1 exited with 3: no database. See: temps"
                    + " logs web, temps deployment show d-1\n"),
        seen.err());
  }

  @Test
  void theWaitHasAnEndAndSaysThatTheRolloutGoesOn() {
    control.on(DEPLOY, Samples.release("starting", null));
    control.on(SHOW, Samples.release("starting", null));
    Person.Seen seen = runs("deploy", "--project", "web", "--image", "web:7", "--timeout", "3s");
    assertEquals(1, seen.exit());
    assertTrue(seen.err().contains("does not serve yet after 3 s; it goes on."), seen.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--project=web;id",
        "--project=$(id)",
        "--project=-x",
        "--project=🙂",
        "--project=a\nb",
        "--replicas=-1",
        "--replicas=101",
        "--replicas=NaN",
        "--cpu=NaN",
        "--cpu=-1",
        "--cpu=9e9",
        "--memory=-1G",
        "--memory=NaN",
        "--memory=99999T",
        "--port=0",
        "--port=65536",
        "--health=healthz",
        "--require==x",
        "--avoid==y",
        "--max-skew=0",
        "--env=novalue",
        "--env-file=/no/such",
        "--timeout=soon",
        "--drain-timeout=61m",
        "--drain-timeout=-1s",
        "--max-surge=101",
        "--max-surge=x",
        "--max-unavailable=-1",
        "--node=a b",
        "--environment=A"
      })
  void badInputNeverReachesTheControlPlane(String bad) {
    control.on(DEPLOY, Samples.release("serving", null));
    String project = bad.startsWith("--project") ? bad : "--project=web";
    Person.Seen seen =
        bad.startsWith("--project")
            ? runs("deploy", project, "--image", "web:7")
            : runs("deploy", project, "--image", "web:7", bad);
    assertTrue(seen.exit() == 1 || seen.exit() == 2, seen.err());
    assertEquals(1, seen.err().lines().count(), seen.err());
    assertEquals(List.of(), control.asked());
  }
}
