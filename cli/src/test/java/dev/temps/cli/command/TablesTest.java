package dev.temps.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.cli.FakeControl;
import dev.temps.cli.Person;
import dev.temps.contract.agent.WorkloadStats;
import dev.temps.contract.api.CaAuthority;
import dev.temps.contract.api.CaView;
import dev.temps.contract.api.ContainerView;
import dev.temps.contract.api.DeploymentView;
import dev.temps.contract.api.EventView;
import dev.temps.contract.api.LinkView;
import dev.temps.contract.api.LossTolerance;
import dev.temps.contract.api.MeshDistance;
import dev.temps.contract.api.MeshPair;
import dev.temps.contract.api.MeshView;
import dev.temps.contract.api.NodeView;
import dev.temps.contract.api.OperationView;
import dev.temps.contract.api.PortView;
import dev.temps.contract.api.RegistryView;
import dev.temps.contract.api.StatusView;
import dev.temps.contract.api.TokenView;
import dev.temps.contract.api.VolumeView;
import dev.temps.contract.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lists look like, to the letter. */
class TablesTest {
  @TempDir private Path home = Path.of("");
  private final FakeControl control = new FakeControl();

  @AfterEach
  void stop() {
    control.close();
  }

  private String shows(String... words) {
    Person.Seen seen = new Person(home).at(control).runs(words);
    assertEquals(0, seen.exit(), seen.err());
    return seen.out();
  }

  @Test
  void nodesWithWhatIsPromisedAndWhatTheyHave() {
    control.on(
        "GET /api/v1/nodes",
        NodeView.class,
        List.of(
            Samples.node("node-1", 1, "ready", null),
            Samples.node("node-2", 2, "suspect", "no report for 4 s")));
    Person.Seen seen = new Person(home).at(control).runs("node", "list");
    assertEquals(
        """
        NAME     LIVENESS  AVAILABILITY  ADDRESS     VERSION  CPU    MEMORY         RUNS  \
        REPORT  LABELS
        node-1*  ready     active        10.208.0.1  0.1.0    0.5/2  256 MiB/2 GiB  1     \
        1s      -
        node-2   suspect   active        10.208.0.2  0.1.0    0.5/2  256 MiB/2 GiB  1     \
        1s      \
        disk=ssd,region=eu
        """,
        seen.out());
    assertEquals(
        """
        node-2 is suspect: no report for 4 s
        node-2: docker: not running
        """,
        seen.err());
  }

  @Test
  void oneNodeWithAllThatIsKnown() {
    control.on("GET /api/v1/nodes/node-1", Samples.node("node-1", 1, "ready", null));
    String page = shows("node", "show", "node-1");
    assertTrue(page.contains("name          node-1 (control plane)\n"), page);
    assertTrue(page.contains("memory        128 MiB used, 256 MiB reserved of 2 GiB\n"), page);
    assertTrue(page.contains("docker        ok\n"), page);
  }

  @Test
  void jsonIsTheApisOwn() {
    NodeView node = Samples.node("node-1", 1, "ready", null);
    control.on("GET /api/v1/nodes", NodeView.class, List.of(node));
    assertEquals(
        Json.writeList(NodeView.class, List.of(node)) + "\n", shows("node", "list", "--json"));
  }

  @Test
  void replicasAndWhereTheyRun() {
    control.on(
        "GET /api/v1/containers?app=web&node=node-1",
        ContainerView.class,
        List.of(
            Samples.container(1, "node-1", "running", "healthy"),
            Samples.container(2, "node-1", "pulling", "unknown")));
    assertEquals(
        """
        NAME   NODE    STATE    HEALTH   RESTARTS  AGE  ADDRESS            IMAGE
        web-1  node-1  running  healthy  0         3m   10.208.16.11:8080  \
        registry.example.com/web:7
        web-2  node-1  pulling  unknown  0         -    10.208.16.12:8080  \
        registry.example.com/web:7
        """,
        shows("ps", "web", "--node", "node-1"));
    assertTrue(shows("ps", "web", "--node", "node-1", "--why").contains("the only node with room"));
  }

  @Test
  void volumesAndWhereTheirDataIs() {
    VolumeView used =
        new VolumeView(
            "v-1",
            1,
            "data",
            "web",
            "web",
            "production",
            "node-2",
            "kept",
            "/var/lib/data",
            "/var/lib/temps/volumes/v-1/data",
            Person.NOW.toEpochMilli() - 180_000);
    VolumeView left =
        new VolumeView(
            "v-2",
            2,
            "db",
            "shop",
            "shop",
            "production",
            "node-3",
            "lost",
            null,
            "/var/lib/temps/volumes/v-2/data",
            Person.NOW.toEpochMilli() - 60_000);
    control.on("GET /api/v1/volumes", VolumeView.class, List.of(used, left));
    control.on("GET /api/v1/volumes/web%3Adata", used);
    assertEquals(
        """
        VOLUME    NODE    STATE  MOUNTED AT     AGE
        web:data  node-2  kept   /var/lib/data  3m
        shop:db   node-3  lost   unused         60s
        """,
        shows("volume", "list"));
    assertEquals(
        """
        web:data (v-1), kept, mounted at /var/lib/data
        data in /var/lib/temps/volumes/v-1/data on node-2
        """,
        shows("volume", "show", "web:data"));
  }

  @Test
  void whichProjectsMayTalkToEachOther() {
    LinkView link = new LinkView("billing", "shop", "anna", Person.NOW.toEpochMilli() - 180_000);
    control.on("GET /api/v1/links", LinkView.class, List.of(link));
    control.on("PUT /api/v1/links/shop/billing", link);
    assertEquals(
        """
        PROJECT  OTHER  LINKED BY  AGE
        billing  shop   anna       3m
        """,
        shows("link", "list"));
    assertEquals(
        link, Json.read(LinkView.class, shows("link", "add", "shop", "billing", "--json")));
  }

  @Test
  void whichPortsLeadWhere() {
    long created = Person.NOW.toEpochMilli() - 180_000;
    PortView pg = new PortView("tcp", 5432, "pg", "pg", null, "anna", created);
    PortView git = new PortView("tcp", 2222, "git", "git", 22, "anna", created);
    PortView game = new PortView("udp", 27_015, "game", "game", null, "anna", created);
    control.on("GET /api/v1/ports", PortView.class, List.of(git, pg, game));
    control.on("PUT /api/v1/ports/tcp/2222", git);
    control.on("PUT /api/v1/ports/udp/27015", game);
    control.raw("DELETE /api/v1/ports/udp/27015", 204, "text/plain", "");
    assertEquals(
        """
        PORT       APP   ITS PORT      EXPOSED BY  AGE
        2222/tcp   git   22            anna        3m
        5432/tcp   pg    as it serves  anna        3m
        27015/udp  game  as it serves  anna        3m
        """,
        shows("expose", "list"));
    String shown = shows("expose", "tcp", "2222", "--project", "git", "--to", "22", "--json");
    assertEquals(git, Json.read(PortView.class, shown));
    Person person = new Person(home).at(control);
    assertEquals(
        "UDP port 27015 of every machine that runs game leads to it there.\n",
        person.runs("expose", "udp", "27015", "--project", "game").err());
    assertEquals(
        "Port 27015/udp leads nowhere any more.\n",
        person.runs("expose", "remove", "27015/udp", "--yes").err());
    Person.Seen bare = person.runs("expose", "remove", "27015", "--yes");
    assertEquals(2, bare.exit());
    assertTrue(bare.err().contains("Give number and protocol, e.g. 5432/tcp"), bare.err());
  }

  @Test
  void theMeshPairByPair() {
    control.on(
        "GET /api/v1/mesh",
        new MeshView(
            "10.208.0.0/12",
            1370,
            List.of(
                new MeshPair(
                    "node-1",
                    "node-2",
                    "direct",
                    null,
                    null,
                    true,
                    42_000,
                    2048,
                    1024,
                    420,
                    "10.99.0.2:51820",
                    null),
                new MeshPair(
                    "node-2",
                    "node-1",
                    "via node-3",
                    "node-3",
                    Long.valueOf(Person.NOW.toEpochMilli() - 12_000),
                    false,
                    -1,
                    0,
                    0,
                    -1,
                    null,
                    "no handshake: is UDP 51820 open?")),
            List.of(
                new MeshDistance("", "eu/b", 1, 0, -1, -1),
                new MeshDistance("eu/a", "eu/b", 4, 3, 12_400, 18_000))));
    Person.Seen seen = new Person(home).at(control).runs("mesh", "status");
    assertEquals(
        """
        FROM    TO      REACHED  PATH            HANDSHAKE  ROUND TRIP  RECEIVED  SENT   ENDPOINT
        node-1  node-2  yes      direct          42s        0.42 ms     2 KiB     1 KiB  \
        10.99.0.2:51820
        node-2  node-1  no       via node-3 12s  never      -           0 B       0 B    -

        ZONE  ZONE  REACHED  ROUND TRIP  WORST
        -     eu/b  0/1      -           -
        eu/a  eu/b  3/4      12.40 ms    18.00 ms
        """,
        seen.out());
    assertEquals("node-2 -> node-1: no handshake: is UDP 51820 open?\n", seen.err());
  }

  @Test
  void newKeysAreWaitedForMachineByMachine() {
    control.on("POST /api/v1/mesh/rotation", OperationView.class, List.of(rotation(null)));
    control.on("GET /api/v1/operations/op-1", rotation(Person.ago(Duration.ZERO)));
    Person.Seen seen = new Person(home).at(control).runs("mesh", "rotate", "--node", "node-2");
    assertEquals(0, seen.exit(), seen.err());
    assertEquals(
        """
        mesh-rotate of node-2, 1 of 3: telling the next key to node-3
        mesh-rotate of node-2: it has a new WireGuard key.
        """,
        seen.err());
    Person.Seen begun = new Person(home).at(control).runs("mesh", "rotate", "--detach", "--json");
    assertEquals(0, begun.exit(), begun.err());
    assertTrue(begun.out().startsWith("[{\"id\":\"op-1\""), begun.out());
  }

  @Test
  void theCasWhichOneSignsAndWhatTheRotationWaitsFor() {
    control.on(
        "GET /api/v1/authorities",
        new CaView(
            List.of(
                ca("5f", Duration.ofDays(400), true, true), ca("a0", Duration.ZERO, false, false)),
            caRotation(null)));
    Person.Seen seen = new Person(home).at(control).runs("ca", "show");
    assertEquals(0, seen.exit(), seen.err());
    List<String> lines = seen.out().lines().toList();
    assertEquals(3, lines.size(), seen.out());
    assertTrue(lines.get(0).matches("FINGERPRINT +AGE +GOOD FOR +SIGNS +LEAVES"), lines.get(0));
    assertTrue(lines.get(1).matches("(5f){32} +400d +\\S+ +yes +yes"), lines.get(1));
    assertTrue(lines.get(2).matches("(a0){32} +0s +\\S+ +no +no"), lines.get(2));
    assertEquals(
        "A rotation runs (op-2, 0 of 3): waiting for trust in the new CA: node-2 (away or not"
            + " ready).\n",
        seen.err());
  }

  @Test
  void aNewCaIsWaitedForAndNobodyIsLeftBehindUnasked() {
    control.on("POST /api/v1/authorities/rotation", caRotation(null));
    control.on("GET /api/v1/operations/op-2", caRotation(Person.ago(Duration.ZERO)));
    Person.Seen seen = new Person(home).at(control).runs("ca", "rotate");
    assertEquals(0, seen.exit(), seen.err());
    assertEquals(
        """
        ca-rotate of cluster, 0 of 3: waiting for trust in the new CA: node-2 (away or not ready)
        ca-rotate of cluster: the cluster has a new CA.
        """,
        seen.err());
    Person.Seen unasked = new Person(home).at(control).runs("ca", "rotate", "--without", "node-2");
    assertTrue(unasked.exit() != 0, unasked.err());
    assertTrue(unasked.err().contains("a new join token: node-2."), unasked.err());
    Person.Seen begun =
        new Person(home)
            .at(control)
            .runs("ca", "rotate", "--without", "node-2", "--yes", "--detach", "--json");
    assertEquals(0, begun.exit(), begun.err());
    assertTrue(begun.out().startsWith("{\"id\":\"op-2\""), begun.out());
  }

  private static CaAuthority ca(String letters, Duration age, boolean signs, boolean leaves) {
    long since = Person.ago(age);
    return new CaAuthority(
        letters.repeat(32), since, since + Duration.ofDays(3653).toMillis(), signs, leaves);
  }

  private static OperationView caRotation(@Nullable Long finishedAt) {
    return new OperationView(
        "op-2",
        "ca-rotate",
        "cluster",
        finishedAt == null ? "running" : "succeeded",
        "waiting for trust in the new CA: node-2 (away or not ready)",
        0,
        3,
        finishedAt == null ? null : "the cluster has a new CA",
        null,
        null,
        "anna",
        1,
        1,
        finishedAt);
  }

  private static OperationView rotation(@Nullable Long finishedAt) {
    return new OperationView(
        "op-1",
        "mesh-rotate",
        "node-2",
        finishedAt == null ? "running" : "succeeded",
        "telling the next key to node-3",
        1,
        3,
        finishedAt == null ? null : "it has a new WireGuard key",
        null,
        null,
        "anna",
        1,
        1,
        finishedAt);
  }

  @Test
  void theClusterInOneLook() {
    control.on(
        "GET /api/v1/status",
        new StatusView(
            "c-1",
            "0.1.0",
            "temps.test",
            List.of("https://cp:8443"),
            "https://temps.temps.test",
            3,
            2,
            1,
            2,
            1,
            List.of("node-3 is down"),
            new LossTolerance(
                0, List.of("You can lose 1 machine; losing node-2 takes pg with it."))));
    assertEquals(
        """
        cluster   c-1, temps 0.1.0
        urls      https://cp:8443
        console   https://temps.temps.test
        domain    *.temps.test
        nodes     2 of 3 ready
        apps      1 with 1 of 2 replicas healthy
        losses    You can lose 1 machine; losing node-2 takes pg with it.
        problem   node-3 is down
        """,
        shows("status"));
  }

  @Test
  void anAppInOneLook() {
    control.on("GET /api/v1/apps/web", Samples.app());
    control.on("GET /api/v1/containers?app=web", ContainerView.class, List.of());
    assertEquals(
        """
        app       web
        state     degraded: web-2 is not healthy
        image     registry.example.com/web:7
        replicas  1 of 2 healthy
        urls      http://web.temps.test
        inside    web.web.temps.internal = 10.223.0.1

        NAME  NODE  STATE  HEALTH  RESTARTS  AGE  ADDRESS  IMAGE
        """,
        shows("status", "web"));
    assertEquals("http://web.temps.test\n", shows("open", "web"));
  }

  @Test
  void usageWithTheReplicasNames() {
    control.on(
        "GET /api/v1/apps/web/stats",
        WorkloadStats.class,
        List.of(new WorkloadStats("c-1", 125, 64 << 20, 128 << 20, 2048, 4096, 3)));
    control.on(
        "GET /api/v1/containers?app=web",
        ContainerView.class,
        List.of(
            Samples.container(1, "node-1", "running", "healthy"),
            Samples.container(2, "node-2", "running", "healthy"),
            Samples.container(3, "node-2", "exited", "unknown")));
    assertEquals(
        """
        NAME   NODE    CPU        MEMORY          RECEIVED  SENT   PROCESSES
        web-1  node-1  0.125      64 MiB/128 MiB  2 KiB     4 KiB  3
        web-2  node-2  no answer  -               -         -      -
        web-3  node-2  exited     -               -         -      -
        """,
        shows("stats", "web"));
  }

  @Test
  void eventsReleasesInvitationsAndRegistries() {
    long then = Person.ago(Duration.ofMinutes(3));
    control.on(
        "GET /api/v1/events?limit=5",
        EventView.class,
        List.of(new EventView("e-1", then, "placed", "web-1", "node-1", "the only one")));
    control.on(
        "GET /api/v1/deployments?app=web",
        DeploymentView.class,
        List.of(Samples.release("serving", null)));
    control.on(
        "GET /api/v1/node-tokens",
        TokenView.class,
        List.of(new TokenView("t-1", null, Map.of("a", "b"), then, then + 9, "used", "node-2")));
    control.on(
        "GET /api/v1/registries",
        RegistryView.class,
        List.of(new RegistryView("registry.example.com", "ci", then)));
    assertEquals(
        """
        AGE  WHAT    OF     NODE    REASON
        3m   placed  web-1  node-1  the only one
        APP  RELEASE  STATE    HEALTHY  AGE  IMAGE                       ID
        web  7        serving  0/0      4m   registry.example.com/web:7  d-1
        ID   STATE  FOR  USED BY  AGE  LABELS
        t-1  used   -    node-2   3m   a=b
        HOST                  USERNAME  STORED
        registry.example.com  ci        3m
        """,
        shows("events", "--limit", "5")
            + shows("deployment", "list", "web")
            + shows("node", "token", "list")
            + shows("registry", "list"));
  }

  @Test
  void noColourWherePeopleSaidSo() {
    control.on(
        "GET /api/v1/nodes", NodeView.class, List.of(Samples.node("node-1", 1, "ready", null)));
    assertTrue(
        new Person(home).at(control).atTerminal().runs("node", "list").out().contains("\u001b["));
    assertFalse(
        new Person(home)
            .at(control)
            .atTerminal()
            .env("NO_COLOR", "1")
            .runs("node", "list")
            .out()
            .contains("\u001b["));
  }
}
