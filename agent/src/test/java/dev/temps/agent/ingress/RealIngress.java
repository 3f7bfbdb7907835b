package dev.temps.agent.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.unit.SupervisedUnits;
import dev.temps.contract.agent.Assignment;
import dev.temps.kit.Time;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The ingress of a node with a real HAProxy on loopback ports, for tests. */
final class RealIngress implements AutoCloseable {
  static final String UNIT = "temps-haproxy";
  private static final Path SCRIPT =
      Path.of("../dist/src/package/libexec/temps-supervise").toAbsolutePath().normalize();

  final SupervisedUnits units;
  final IngressPlaces places;
  final Visitor visitor;
  IngressPart part;
  private final Path root;

  RealIngress(Path root) throws IOException {
    this.root = root;
    units =
        new SupervisedUnits(
            new SupervisedUnits.Places(
                SCRIPT, root.resolve("units"), root.resolve("run/units"), root.resolve("log")),
            Time.system());
    places = new IngressPlaces(root.resolve("haproxy"), root.resolve("run"), port(), port());
    visitor = new Visitor(places.port());
    part = restarted();
  }

  /** The agent as it is after it was started again. */
  IngressPart restarted() {
    return new IngressPart(places, units, Time.system(), "n-1");
  }

  private static int port() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Returns when all of it is served. */
  void serve(Assignment.Routes routes) throws Exception {
    part.assign(routes);
    part.step();
    assertTrue(part.conditions().getFirst().ok(), () -> part.conditions() + log());
    assertEquals(routes.revision(), part.appliedRevision());
  }

  String log() {
    try {
      return Files.readString(root.resolve("log/" + UNIT + ".log"));
    } catch (IOException e) {
      return "no log";
    }
  }

  @Override
  public void close() {
    units.stop(UNIT);
  }
}
