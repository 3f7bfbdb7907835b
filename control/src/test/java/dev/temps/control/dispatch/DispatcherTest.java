package dev.temps.control.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Desired;
import dev.temps.contract.agent.RouteSpec;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatcherTest extends StoreTest {
  private final PaperMachine machine = new PaperMachine(1);
  private final List<WorkloadSpec> placed = new CopyOnWriteArrayList<>();
  private final List<RouteSpec> routes = new CopyOnWriteArrayList<>();
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
        id -> {
          asked.incrementAndGet();
          return id.equals(node.id()) ? List.copyOf(placed) : List.of();
        };
    Dispatcher made =
        new Dispatcher(
            new Dispatcher.Cluster(
                "c-1", 1, "temps.test", () -> List.of("https://cp:8443"), () -> "CA"),
            new Dispatcher.Sources(
                source,
                () -> List.copyOf(routes),
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
    return new Known(
        a.epoch(),
        a.workloads().revision(),
        a.peers().revision(),
        a.routes().revision(),
        a.certificates().revision());
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
    Assignment all = now(new Known(7, 1, 1, 1, 1));
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
    Assignment.Routes none = dispatcher.assignment(plain, Known.NOTHING, Duration.ZERO).routes();
    assertNotNull(none);
    assertFalse(none.ingress());
    assertTrue(none.items().isEmpty());
    Assignment.Routes some = now(Known.NOTHING).routes();
    assertNotNull(some);
    assertEquals(1, some.items().size());
  }
}
