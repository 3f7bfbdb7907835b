package dev.temps.control.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.ConsoleSpec;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.ProjectSpec;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.control.mesh.KeyTurns;
import dev.temps.control.mesh.Paths;
import dev.temps.control.node.Node;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatcherTest extends StoreTest {
  private final PaperMachine machine = new PaperMachine(1);
  private final List<WorkloadSpec> placed = new CopyOnWriteArrayList<>();
  private final List<RouteSpec> routes = new CopyOnWriteArrayList<>();
  private final List<ProjectSpec> projects = new CopyOnWriteArrayList<>();
  private final List<ServiceSpec> services = new CopyOnWriteArrayList<>();
  private volatile @Nullable ConsoleSpec console;
  private volatile @Nullable Object mark;
  private final AtomicInteger asked = new AtomicInteger();
  private PaperCluster cluster;
  private Node node;
  private Changes changes = new Changes();
  private Dispatcher dispatcher;

  @BeforeEach
  void oneNode() {
    cluster = new PaperCluster(database);
    node = cluster.join(machine);
    dispatcher = start();
  }

  @AfterEach
  void stop() {
    dispatcher.close();
  }

  private Dispatcher start() {
    changes = new Changes();
    WorkloadSource source =
        new WorkloadSource() {
          @Override
          public List<WorkloadSpec> forNode(String id) {
            asked.incrementAndGet();
            return id.equals(node.id()) ? List.copyOf(placed) : List.of();
          }

          @Override
          public @Nullable Object mark(String id) {
            return mark;
          }
        };
    Dispatcher made =
        new Dispatcher(
            new Dispatcher.Cluster(
                "c-1", 1, "temps.test", () -> List.of("https://cp:8443"), () -> "CA"),
            new Dispatcher.Sources(
                source,
                new RouteSource() {
                  @Override
                  public List<RouteSpec> routes() {
                    return List.copyOf(routes);
                  }

                  @Override
                  public @Nullable ConsoleSpec console() {
                    return console;
                  }
                },
                () -> List.copyOf(projects),
                () -> List.copyOf(services),
                () -> Paths.DIRECT,
                () -> KeyTurns.NONE,
                changes),
            cluster.directory,
            cluster.monitor,
            database,
            Time.system(),
            () -> {});
    made.step();
    return made;
  }

  private static WorkloadSpec workload(String id) {
    return new WorkloadSpec(
        id,
        "web",
        "img",
        null,
        null,
        List.of(),
        null,
        "10.208.17.10",
        "02:42:0a:d0:11:0a",
        8080,
        0,
        0,
        null,
        Desired.running,
        0,
        10_000,
        Map.of("temps.app", "web", "temps.node", "n", "temps.workload", id),
        null,
        null);
  }

  private Assignment now(Known known) throws InterruptedException {
    return dispatcher.assignment(node, known, Duration.ZERO);
  }

  private static Known known(Assignment a) {
    assertNotNull(a.workloads());
    assertNotNull(a.peers());
    assertNotNull(a.routes());
    assertNotNull(a.certificates());
    assertNotNull(a.walls());
    assertNotNull(a.names());
    return new Known(
        a.epoch(),
        a.workloads().revision(),
        a.peers().revision(),
        a.routes().revision(),
        a.certificates().revision(),
        a.walls().revision(),
        a.names().revision());
  }

  @Test
  void sendsEverythingOnceAndThenOnlyWhatChanged() throws Exception {
    Known known = known(now(Known.NOTHING));
    Assignment quiet = now(known);
    assertNull(quiet.workloads());
    assertNull(quiet.peers());
    placed.add(workload("c-1"));
    changes.workloadsChanged(node.id());
    Assignment news = now(known);
    assertNotNull(news.workloads());
    assertEquals(known.workloads() + 1, news.workloads().revision());
    assertNull(news.routes());
    Assignment all = now(new Known(7, 1, 1, 1, 1, 1, 1));
    known(all);
  }

  @Test
  void theSameContentKeepsItsRevisionOverARestart() throws Exception {
    placed.add(workload("c-1"));
    Assignment before = now(Known.NOTHING);
    changes.changed();
    dispatcher.step();
    assertEquals(before, now(Known.NOTHING));
    dispatcher.close();
    dispatcher = start();
    assertEquals(before, now(Known.NOTHING));
    placed.clear();
    changes.changed();
    Assignment after = now(Known.NOTHING);
    assertEquals(known(before).workloads() + 1, known(after).workloads());
  }

  @Test
  void aWaitingPollIsAnsweredAtTheChange() throws Exception {
    Known known = known(now(Known.NOTHING));
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var poll = pool.submit(() -> dispatcher.assignment(node, known, Duration.ofSeconds(20)));
      routes.add(new RouteSpec("web", List.of("web.temps.test"), List.of(), null));
      changes.routesChanged();
      dispatcher.step();
      Assignment news = poll.get(10, TimeUnit.SECONDS);
      assertNotNull(news.routes());
      assertEquals(1, news.routes().items().size());
      assertNull(news.workloads());
    }
  }

  @Test
  void aChangeThatIsNoneWakesNobody() throws Exception {
    Known known = known(now(Known.NOTHING));
    changes.changed();
    dispatcher.step();
    Assignment quiet = dispatcher.assignment(node, known, Duration.ofMillis(200));
    assertNull(quiet.workloads());
    assertNull(quiet.routes());
  }

  @Test
  void asksTheSourceOnlyAfterChanges() throws Exception {
    Known known = known(now(Known.NOTHING));
    int before = asked.get();
    for (int i = 0; i < 50; i++) {
      now(known);
    }
    assertEquals(before, asked.get());
  }

  @Test
  void closingEndsWaitingPolls() throws Exception {
    Known known = known(now(Known.NOTHING));
    CompletableFuture<Assignment> poll = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            poll.complete(dispatcher.assignment(node, known, Duration.ofSeconds(20)));
          } catch (InterruptedException e) {
            poll.completeExceptionally(e);
          }
        });
    dispatcher.close();
    assertNull(poll.get(10, TimeUnit.SECONDS).workloads());
  }

  @Test
  void readinessOfAPeerReachesTheOthers() throws Exception {
    Node other = cluster.join(new PaperMachine(2));
    changes.nodesChanged();
    dispatcher.step();
    Assignment before = now(Known.NOTHING);
    assertNotNull(before.peers());
    assertFalse(before.peers().items().getFirst().ready());
    cluster.ready(other, new PaperMachine(2));
    changes.nodesChanged();
    dispatcher.step();
    Assignment after = now(known(before));
    assertNotNull(after.peers());
    assertTrue(after.peers().items().getFirst().ready());
    assertNull(after.routes());
  }

  @Test
  void aNodeWithoutIngressGetsNoRoutes() throws Exception {
    routes.add(new RouteSpec("web", List.of("web.temps.test"), List.of(), null));
    Node plain =
        cluster.join(
            new PaperMachine(3),
            r ->
                new dev.temps.contract.agent.RegisterRequest(
                    r.contract(),
                    r.version(),
                    r.token(),
                    r.publicKey(),
                    "",
                    r.wireguardKey(),
                    r.wireguardPort(),
                    "plain",
                    r.endpoints(),
                    r.labels(),
                    false,
                    r.host(),
                    r.clockMillis()));
    changes.nodesChanged();
    dispatcher.step();
    console = new ConsoleSpec("temps.temps.test", List.of("10.208.0.1"), 8443, "CA");
    changes.nodesChanged();
    dispatcher.step();
    Assignment.Routes none = dispatcher.assignment(plain, Known.NOTHING, Duration.ZERO).routes();
    assertNotNull(none);
    assertFalse(none.ingress());
    assertTrue(none.items().isEmpty());
    assertNull(none.console());
    Assignment.Routes some = now(Known.NOTHING).routes();
    assertNotNull(some);
    assertEquals(1, some.items().size());
    assertEquals(console, some.console());
  }

  @Test
  void aControlPlaneThatMovesIsANewRevisionOfTheRoutes() throws Exception {
    Known known = known(now(Known.NOTHING));
    console = new ConsoleSpec("temps.temps.test", List.of("10.208.0.2"), 8443, "CA");
    changes.nodesChanged();
    dispatcher.step();
    Assignment.Routes news = now(known).routes();
    assertNotNull(news);
    assertEquals(known.routes() + 1, news.revision());
    assertEquals(console, news.console());
  }

  @Test
  void aProjectsNewAddressReachesEveryNodeAtTheChange() throws Exception {
    projects.add(new ProjectSpec("p-1", "web", List.of("10.208.17.10"), List.of()));
    changes.changed();
    dispatcher.step();
    Assignment all = now(Known.NOTHING);
    assertNotNull(all.walls());
    assertEquals(List.copyOf(projects), all.walls().items());
    Known known = known(all);
    projects.set(
        0, new ProjectSpec("p-1", "web", List.of("10.208.17.10", "10.208.18.10"), List.of()));
    changes.changed();
    dispatcher.step();
    Assignment news = now(known);
    assertNotNull(news.walls());
    assertEquals(known.walls() + 1, news.walls().revision());
    assertNull(news.routes());
  }

  @Test
  void anAnsweringReplicaBehindANameReachesEveryWaitingPollAtTheChange() throws Exception {
    services.add(new ServiceSpec("db", "shop", "10.223.0.1", List.of()));
    changes.changed();
    dispatcher.step();
    Assignment all = now(Known.NOTHING);
    assertNotNull(all.names());
    assertEquals(List.copyOf(services), all.names().items());
    Known known = known(all);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var poll = pool.submit(() -> dispatcher.assignment(node, known, Duration.ofSeconds(20)));
      var member = new ServiceSpec.Member("c-1", "10.208.17.10", node.id(), null);
      services.set(0, new ServiceSpec("db", "shop", "10.223.0.1", List.of(member)));
      changes.routesChanged();
      dispatcher.step();
      Assignment news = poll.get(10, TimeUnit.SECONDS);
      assertNotNull(news.names());
      assertEquals(known.names() + 1, news.names().revision());
      assertNull(news.routes());
      assertNull(news.walls());
    }
  }

  /** It would be answered at once for ever, and never wait. */
  @Test
  void anAgentThatKnowsNoWallsAndNamesIsNotSentThem() throws Exception {
    Known known = known(now(Known.NOTHING));
    Known older =
        new Known(
            known.epoch(),
            known.workloads(),
            known.peers(),
            known.routes(),
            known.certificates(),
            Known.IGNORANT,
            Known.IGNORANT);
    assertNull(now(older).walls());
    assertNull(now(older).names());
    Assignment fresh = now(new Known(7, 1, 1, 1, 1, Known.IGNORANT, Known.IGNORANT));
    assertNull(fresh.walls());
    assertNull(fresh.names());
  }

  @Test
  void whatANodeRunsIsReadAnewOnlyWhenItsMarkIsAnotherOne() throws InterruptedException {
    mark = "one";
    changes.changed();
    dispatcher.workloadsRevision(node);
    int before = asked.get();
    changes.changed();
    long revision = dispatcher.workloadsRevision(node);
    assertEquals(before, asked.get());
    placed.add(workload("c-1"));
    mark = "two";
    changes.changed();
    assertEquals(revision + 1, dispatcher.workloadsRevision(node));
    assertEquals(before + 1, asked.get());
  }
}
