package dev.temps.agent.ingress;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.unit.SupervisedUnits;
import dev.temps.agent.unit.UnitStatus;
import dev.temps.contract.agent.HealthCheck;
import dev.temps.contract.agent.RouteSpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ingress with a real HAProxy on a loopback port. */
@Tag("machine")
class IngressMachineTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String WEB = "web.example.test";

  @TempDir Path root;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private RealIngress ingress;
  private SupervisedUnits units;
  private IngressPart part;
  private Visitor visitor;
  private long revision;

  @BeforeEach
  void start() throws IOException {
    ingress = new RealIngress(root);
    units = ingress.units;
    part = ingress.part;
    visitor = ingress.visitor;
  }

  @AfterEach
  void stop() throws Exception {
    ingress.close();
    for (AutoCloseable thing : opened) {
      thing.close();
    }
  }

  private App app(String name) throws IOException {
    App app = new App(name);
    opened.add(app);
    return app;
  }

  private void serve(RouteSpec... routes) throws Exception {
    revision++;
    part.assign(Routes.of(revision, routes));
    part.step();
    assertTrue(part.conditions().getFirst().ok(), () -> part.conditions() + log());
    assertEquals(revision, part.appliedRevision());
  }

  private static RouteSpec web(App... apps) {
    return new RouteSpec(
        "web",
        List.of(WEB),
        List.of(apps).stream()
            .map(a -> Routes.replica("c-" + a.address(), a.address(), "n-1"))
            .toList(),
        null);
  }

  private String log() {
    return ingress.log();
  }

  /** Requests from eight visitors while {@code during} runs; answers by status or failure. */
  private Map<String, Integer> load(Callable<?> during) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Map<String, Integer> outcomes = new ConcurrentHashMap<>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        var _ =
            pool.submit(() -> {
              while (!over.get()) {
                outcomes.merge(outcome(), 1, Integer::sum);
              }
            });
      }
      eventually(SOON, "the load runs", () -> outcomes.getOrDefault("200", 0) > 100);
      try {
        during.call();
        int reached = outcomes.getOrDefault("200", 0);
        eventually(SOON, "it goes on", () -> outcomes.getOrDefault("200", 0) > reached + 500);
      } finally {
        over.set(true);
      }
    }
    return outcomes;
  }

  private String outcome() {
    try {
      return Integer.toString(visitor.get(WEB, "/").status());
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  @Test
  void hostNamesLeadToTheirAppAndUnknownOnesToAPlainPage() throws Exception {
    App first = app("first");
    App second = app("second");
    serve(
        web(first),
        new RouteSpec(
            "api",
            List.of("api.example.test"),
            List.of(Routes.replica("c-2", second.address(), "n-2")),
            null));
    assertEquals("first", visitor.get(WEB, "/").body());
    assertEquals("second", visitor.get("API.example.test.:8080", "/").body());
    Visitor.Answer unknown = visitor.get("other.example.test", "/");
    assertEquals(404, unknown.status());
    assertTrue(unknown.body().contains("There is no application at this address"), unknown.body());
    assertTrue(unknown.head().contains("text/html"), unknown.head());
  }

  @Test
  void anAppWithoutReplicasAnswersAPlainPageUntilItHasOne() throws Exception {
    serve(web());
    Visitor.Answer none = visitor.get(WEB, "/");
    assertEquals(503, none.status());
    assertTrue(none.body().contains("not running right now"), none.body());
    serve(web(app("first")));
    assertEquals("first", visitor.get(WEB, "/").body());
  }

  @Test
  void everyRepeatableRequestIsAnsweredWhenAReplicaDies() throws Exception {
    App dying = app("dying");
    serve(web(dying, app("living")));
    Map<String, Integer> outcomes =
        load(() -> {
          dying.close();
          return null;
        });
    assertEquals(List.of("200"), List.copyOf(outcomes.keySet()), outcomes.toString());
  }

  @Test
  void reloadsUnderLoadLoseNothing() throws Exception {
    App one = app("one");
    App two = app("two");
    serve(web(one, two));
    Map<String, Integer> outcomes =
        load(() -> {
          for (int i = 0; i < 5; i++) {
            serve(web(one, two), Routes.app("more" + i, one.address()));
          }
          return null;
        });
    assertEquals(List.of("200"), List.copyOf(outcomes.keySet()), outcomes + log());
  }

  @Test
  void replicasAreExchangedUnderLoadWithoutAReloadAndFinishWhatTheyHave() throws Exception {
    App before = app("before");
    App after = app("after");
    serve(web(before));
    long worker = haproxyPid();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Visitor.Answer> slow = pool.submit(() -> visitor.get(WEB, "/slow"));
      Map<String, Integer> outcomes =
          load(() -> {
            serve(web(before, after));
            serve(web(after));
            return null;
          });
      assertEquals(List.of("200"), List.copyOf(outcomes.keySet()), outcomes.toString());
      assertEquals("before", slow.get(10, TimeUnit.SECONDS).body());
    }
    assertEquals("after", visitor.get(WEB, "/").body());
    assertEquals(worker, haproxyPid());
    assertFalse(log().contains("Reloading"), log());
  }

  private long haproxyPid() {
    return units.status("temps-haproxy") instanceof UnitStatus.Running(long pid, long _) ? pid : -1;
  }

  @Test
  void visitorsCanNotForgeWhereTheyComeFrom() throws Exception {
    serve(web(app("first")));
    String seen =
        visitor
            .get(
                WEB,
                "/headers",
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil.test",
                "X-Real-IP: 6.6.6.6",
                "Forwarded: for=6.6.6.6")
            .body();
    assertFalse(seen.contains("6.6.6.6") || seen.contains("evil") || seen.contains("https"), seen);
    assertTrue(seen.contains("x-forwarded-for: [127.0.0.1]"), seen);
    assertTrue(seen.contains("host: [" + WEB + "]"), seen);
    assertFalse(seen.contains("x-forwarded-host") || seen.contains("x-real-ip"), seen);
    assertTrue(seen.contains("x-forwarded-proto: [http]"), seen);
  }

  @Test
  void whatMustNotBeRepeatedIsSentOnce() throws Exception {
    App first = app("first");
    App second = app("second");
    serve(web(first, second));
    assertEquals(502, visitor.send("POST", WEB, "/break").status());
    assertEquals(1, first.broken.get() + second.broken.get());
    visitor.get(WEB, "/break");
    assertTrue(first.broken.get() + second.broken.get() > 2, "a GET is tried again");
  }

  @Test
  void anUpgradedConnectionOutlivesAReload() throws Exception {
    try (ServerSocket echo = new ServerSocket(0)) {
      Thread.ofVirtual().start(() -> echoForever(echo));
      serve(Routes.app("web", "127.0.0.1:" + echo.getLocalPort()));
      try (Socket socket = visitor.connect()) {
        write(
            socket,
            "GET /ws HTTP/1.1",
            "Host: " + WEB,
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            "");
        String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
        assertEquals("HTTP/1.1 101", answer);
        eventually(SOON, "the head is read", () -> readLine(socket).isEmpty());
        serve(
            Routes.app("web", "127.0.0.1:" + echo.getLocalPort()),
            Routes.app("more", "127.0.0.1:9"));
        write(socket, "still here");
        assertEquals("still here", readLine(socket));
      }
    }
  }

  private static void write(Socket socket, String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String readLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c != '\n' && c >= 0; ) {
      line.append((char) c);
      c = socket.getInputStream().read();
    }
    return line.toString().strip();
  }

  /** Says yes to an upgrade and then sends everything back; checks only get a connection. */
  private static void echoForever(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        String line = readLine(socket);
        boolean asked = !line.isEmpty();
        while (!line.isEmpty()) {
          line = readLine(socket);
        }
        if (asked) {
          write(
              socket,
              "HTTP/1.1 101 Switching Protocols",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
              "");
          socket.getInputStream().transferTo(socket.getOutputStream());
        }
      } catch (IOException e) {
        if (server.isClosed()) {
          return;
        }
      }
    }
  }

  @Test
  void aHaproxyThatDiesComesBackWithItsPresentServers() throws Exception {
    serve(web(app("before")));
    serve(web(app("after")));
    ProcessHandle.of(haproxyPid()).ifPresent(ProcessHandle::destroyForcibly);
    AtomicInteger answered = new AtomicInteger();
    eventually(
        SOON,
        "it serves again",
        () -> visitor.get(WEB, "/").body().equals("after") && answered.incrementAndGet() > 20);
  }

  @Test
  void aReplicaThatFailsItsHealthPathGetsNoTraffic() throws Exception {
    App sick = app("sick");
    App well = app("well");
    List<RouteSpec.Backend> both = web(sick, well).backends();
    serve(new RouteSpec("web", List.of(WEB), both, HealthCheck.standard("/health")));
    sick.fallSick();
    AtomicInteger inARow = new AtomicInteger();
    eventually(
        SOON,
        "only the other answers",
        () -> {
          inARow.set(visitor.get(WEB, "/").body().equals("well") ? inARow.get() + 1 : 0);
          return inARow.get() > 10;
        });
  }
}
