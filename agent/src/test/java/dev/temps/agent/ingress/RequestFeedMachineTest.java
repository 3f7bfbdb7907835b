package dev.temps.agent.ingress;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.traffic.AccessReader;
import dev.temps.agent.traffic.AccessShelf;
import dev.temps.agent.traffic.TrafficBook;
import dev.temps.agent.unit.SupervisedUnits;
import dev.temps.agent.unit.UnitStatus;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.RequestLogged;
import dev.temps.contract.agent.Traffic;
import dev.temps.kit.Loop;
import dev.temps.kit.Time;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures and access logs of what a real HAProxy answered. */
@Tag("machine")
class RequestFeedMachineTest {
  private static final Path SCRIPT =
      Path.of("../dist/src/package/libexec/temps-supervise").toAbsolutePath().normalize();
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String WEB = "web.example.test";

  @TempDir Path root;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private SupervisedUnits units;
  private IngressPlaces places;
  private IngressPart part;
  private Visitor visitor;
  private App app;
  private long revision;

  @BeforeEach
  void serve() throws Exception {
    units =
        new SupervisedUnits(
            new SupervisedUnits.Places(
                SCRIPT, root.resolve("units"), root.resolve("run/units"), root.resolve("log")),
            Time.system());
    places =
        new IngressPlaces(root.resolve("haproxy"), root.resolve("run"), freePort(), freePort());
    part = new IngressPart(places, units, Time.system(), "n-1");
    visitor = new Visitor(places.port());
    app = new App("first");
    routes("web");
  }

  @AfterEach
  void stop() throws IOException {
    units.stop("temps-haproxy");
    threads.shutdownNow();
    app.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void routes(String... names) throws Exception {
    revision++;
    part.assign(
        Routes.of(
            revision,
            List.of(names).stream()
                .map(name -> Routes.app(name, app.address()))
                .toArray(dev.temps.contract.agent.RouteSpec[]::new)));
    part.step();
    assertEquals(revision, part.appliedRevision(), () -> part.conditions().toString());
  }

  /** What of an agent counts requests; each has an agent's start of its own. */
  private final class Counting implements AutoCloseable {
    private final AccessShelf shelf =
        new AccessShelf(root.resolve("access"), AccessShelf.Limits.standard(), Time.system());
    private final TrafficBook book = new TrafficBook("a", shelf);
    private final RequestFeed feed =
        new RequestFeed(places, book, shelf.newest(), threads, Time.system());
    private final Loop loop =
        Loop.start("requests", Duration.ofMillis(200), feed::step, new Random(1));

    long answered() {
      return book.told(Map.of()).apps().stream().mapToLong(a -> a.answers().get(1)).sum();
    }

    List<RequestLogged> logged(String name) throws Exception {
      List<RequestLogged> all = new ArrayList<>();
      try (AccessReader reader = shelf.reader(name, -1, 0, false)) {
        for (LogLine line = reader.next(); line != null; line = reader.next()) {
          all.add(line.request());
        }
      }
      return all;
    }

    @Override
    public void close() {
      loop.close();
      feed.close();
    }
  }

  private void ask(int times) {
    for (int i = 0; i < times; i++) {
      assertEquals(200, visitor.get(WEB, "/page/" + i + "?token=secret").status());
    }
  }

  @Test
  void everyRequestIsCountedAndLoggedWithoutItsQuery() throws Exception {
    try (Counting counting = new Counting()) {
      ask(20);
      visitor.get("nobody.example.test", "/");
      visitor.send("POST", WEB, "/break");
      eventually(SOON, "all are counted", () -> counting.book.counted() == 22);
      Traffic.OfApp web = counting.book.told(Map.of()).apps().getFirst();
      assertEquals("web", web.app());
      assertEquals(List.of(0L, 20L, 0L, 0L, 1L, 0L), web.answers());
      assertTrue(web.sentBytes() > 20 * 50, web::toString);
      assertEquals(21, web.durations().stream().mapToLong(Long::longValue).sum());
      List<RequestLogged> logged = counting.logged("web");
      assertEquals(21, logged.size());
      RequestLogged first = logged.getFirst();
      assertEquals("/page/0", first.path());
      assertEquals(WEB, first.host());
      assertEquals("127.0.0.1", first.client());
      assertEquals("127.0.0.1", first.replica());
      assertEquals(502, logged.getLast().status());
      assertEquals(0, counting.book.unread());
      assertFalse(logged.toString().contains("secret"), logged::toString);
    }
  }

  @Test
  void nobodyNeedReadAndWhatWasMissedIsCountedOnce() throws Exception {
    ask(10);
    try (Counting before = new Counting()) {
      eventually(SOON, "those of before are counted", () -> before.answered() == 10);
    }
    ask(15);
    try (Counting after = new Counting()) {
      eventually(SOON, "those in between are counted", () -> after.answered() >= 15);
      ask(5);
      eventually(SOON, "and those since", () -> after.answered() >= 20);
      assertEquals(20, after.answered());
      assertEquals(30, after.logged("web").size());
    }
  }

  @Test
  void reloadsLoseNoLineAndLeaveNoWorkerBehind() throws Exception {
    try (Counting counting = new Counting()) {
      for (int i = 0; i < 3; i++) {
        ask(50);
        routes("web", "more" + i);
      }
      ask(50);
      eventually(SOON, "all are counted", () -> counting.answered() == 200);
      long master =
          units.status("temps-haproxy") instanceof UnitStatus.Running(long pid, long _) ? pid : -1;
      eventually(
          SOON,
          "only the newest worker is left",
          () -> ProcessHandle.of(master).orElseThrow().children().count() == 1);
      ask(5);
      eventually(SOON, "it is read", () -> counting.answered() == 205);
    }
  }

  @Test
  void aFloodIsCountedWholeAndWrittenInPart() throws Exception {
    try (Counting counting = new Counting()) {
      ask(1);
      eventually(SOON, "it is read", () -> counting.answered() == 1);
      int visitors = 8;
      int each = 500;
      try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < visitors; i++) {
          var _ = pool.submit(() -> ask(each));
        }
      }
      long all = 1L + (long) visitors * each;
      eventually(SOON, "all are counted", () -> counting.answered() == all);
      ask(1);
      eventually(SOON, "the last is counted", () -> counting.answered() == all + 1);
      assertTrue(counting.logged("web").size() <= all + 1);
    }
  }
}
