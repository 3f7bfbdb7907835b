package dev.temps.agent.ingress;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.SiteSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports that lead to apps without HTTP, by real HAProxy. */
@Tag("machine")
class ExposedPortMachineTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final int TIMEOUT_MILLIS = 10_000;

  @TempDir Path folder;
  private RealIngress ingress;
  private final List<ServerSocket> opened = new ArrayList<>();
  private long revision;

  @BeforeEach
  void start() throws Exception {
    ingress = new RealIngress(folder);
  }

  @AfterEach
  void stop() throws Exception {
    ingress.close();
    for (ServerSocket socket : opened) {
      socket.close();
    }
  }

  /** Something that is no HTTP: says a word to everybody, then repeats what it hears. */
  private int speaker(int word) throws IOException {
    ServerSocket socket = new ServerSocket(0);
    opened.add(socket);
    Thread.ofVirtual().start(() -> greetAll(socket, word));
    return socket.getLocalPort();
  }

  private static void greetAll(ServerSocket socket, int word) {
    try {
      while (true) {
        Socket guest = socket.accept();
        Thread.ofVirtual().start(() -> greet(guest, word));
      }
    } catch (IOException e) {
      assertTrue(socket.isClosed(), e::toString);
    }
  }

  private static void greet(Socket guest, int word) {
    try (guest) {
      guest.getOutputStream().write(word);
      guest.getInputStream().transferTo(guest.getOutputStream());
    } catch (IOException e) {
      assertFalse(guest.isConnected() && !guest.isClosed(), e::toString);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static RouteSpec route(String host, int port, int target, int... replicas) {
    List<RouteSpec.Backend> backends = new ArrayList<>();
    for (int replica : replicas) {
      backends.add(Routes.replica("c-" + replica, "127.0.0.1:" + replica, "n-1"));
    }
    return new RouteSpec(
        "pg",
        List.of(),
        backends,
        null,
        List.of(SiteSpec.plain(host)),
        null,
        List.of(new RouteSpec.PortSpec(port, target)));
  }

  private void serve(RouteSpec... routes) throws Exception {
    ingress.part.assign(Routes.of(++revision, routes));
    ingress.part.step();
  }

  private Condition condition() {
    return ingress.part.conditions().getFirst();
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static int greeting(int port) throws IOException {
    try (Socket socket = connect(port)) {
      return socket.getInputStream().read();
    }
  }

  @Test
  void aPortLeadsToTheAppAndAnOpenConnectionOutlivesOtherChanges() throws Exception {
    int port = freePort();
    int app = speaker('A');
    serve(route("pg.test", port, RouteSpec.PortSpec.SERVED, app));
    try (Socket open = connect(port)) {
      assertEquals('A', open.getInputStream().read());
      serve(route("other.test", port, speaker('T'), app));
      open.getOutputStream().write('x');
      assertEquals('x', open.getInputStream().read());
    }
    assertEquals('T', greeting(port), "another port of the same replica");
    assertTrue(condition().ok(), () -> condition().detail());
    serve();
    assertThrows(IOException.class, () -> connect(port).close(), "nobody listens any more");
  }

  @Test
  void aReplicaThatDiedIsPassedOver() throws Exception {
    int port = freePort();
    int dead = freePort();
    int alive = speaker('B');
    serve(route("pg.test", port, RouteSpec.PortSpec.SERVED, dead, alive));
    for (int i = 0; i < 10; i++) {
      assertEquals('B', greeting(port));
    }
  }

  @Test
  void aPortThatIsTakenKeepsNothingElseFromBeingServed() throws Exception {
    int taken;
    try (ServerSocket other = new ServerSocket(0)) {
      taken = other.getLocalPort();
      serve(route("pg.test", taken, RouteSpec.PortSpec.SERVED, speaker('C')));
      assertEquals(revision, ingress.part.appliedRevision());
      assertTrue(condition().detail().contains("port " + taken + " is taken by java"));
      assertEquals(404, ingress.visitor.get("nobody.test", "/").status());
    }
    eventually(
        SOON,
        "it is served once it is free",
        () -> {
          ingress.part.step();
          return condition().ok() && greeting(taken) == 'C';
        });
  }
}
