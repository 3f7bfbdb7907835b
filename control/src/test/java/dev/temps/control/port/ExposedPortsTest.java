package dev.temps.control.port;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static dev.temps.control.deployment.TestCluster.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.RouteSpec;
import dev.temps.contract.agent.RouteSpec.PortSpec;
import dev.temps.contract.api.ExposeRequest;
import dev.temps.control.access.Grant;
import dev.temps.control.access.Role;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.event.EventStore;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ports of ingress nodes lead to apps. */
class ExposedPortsTest extends StoreTest {
  private static final Grant ALL = new Grant(Role.owner, Set.of(), null);

  private final AtomicInteger changes = new AtomicInteger();
  private TestCluster cluster;
  private ExposedPorts ports;

  @BeforeEach
  void gitAndPg() {
    cluster = new TestCluster(database, folder).nodes("a", "b");
    AuditLog audit = new AuditLog(cluster.time, cluster.ids);
    ports =
        new ExposedPorts(
            database, new EventStore(cluster.ids), audit, cluster.time, changes::incrementAndGet);
    cluster.deploy(request("git", "web", 1));
    cluster.deploy(request("pg", "web", 1));
    cluster.settle();
  }

  private Problem refused(String port, String app, Grant grant) {
    return refused("tcp", port, app, grant);
  }

  private Problem refused(String protocol, String port, String app, Grant grant) {
    return assertThrows(
            ProblemException.class,
            () -> ports.expose(protocol, port, new ExposeRequest(app, null), grant, ANNA))
        .problem();
  }

  private RouteSpec route(String app) {
    return database.read(h -> cluster.routes.all(h, cluster.time.millis())).stream()
        .filter(r -> r.app().equals(app))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPortLeadsToAnAppAndTwiceIsOnce() {
    ExposedPort git = ports.expose("tcp", "2222", new ExposeRequest("git", 22), ALL, ANNA);
    assertEquals(git, ports.expose("tcp", "2222", new ExposeRequest("git", 22), ALL, ANNA));
    ports.expose("tcp", "5432", new ExposeRequest("pg", null), ALL, ANNA);
    assertEquals(List.of(new PortSpec(2222, 22)), route("git").exposed());
    assertEquals(List.of(new PortSpec(5432, PortSpec.SERVED)), route("pg").exposed());
    assertTrue(changes.get() > 0);
    ports.remove("tcp", "2222", ALL, ANNA);
    assertNull(route("git").ports());
    assertEquals(List.of(5432), ports.list(ALL).stream().map(ExposedPort::port).toList());
  }

  @Test
  void whatCanNotBeHadIsRefusedWithTheReason() {
    for (String bad : List.of("0", "65536", "-1", "ssh", "", "1e3", "99999999999")) {
      assertEquals("invalid-port", refused(bad, "git", ALL).type(), bad);
    }
    for (String kept : List.of("22", "53", "80", "443", "8443", "7443", "7444")) {
      assertEquals("invalid-port", refused(kept, "git", ALL).type(), kept);
    }
    assertEquals(404, refused("2222", "nobody", ALL).status());
    assertEquals(422, refused("2222", "", ALL).status());
    ports.expose("tcp", "2222", new ExposeRequest("git", 22), ALL, ANNA);
    Problem taken = refused("2222", "pg", ALL);
    assertEquals("Port 2222/tcp leads to git, port 22.", taken.detail());
    assertEquals("port-taken", taken.type());
    assertTrue(taken.next().endsWith("temps expose remove 2222/tcp"), taken.next());
  }

  @Test
  void theSameNumberOfTheOtherProtocolIsAnotherPort() {
    ports.expose("tcp", "5000", new ExposeRequest("git", null), ALL, ANNA);
    ports.expose("udp", "5000", new ExposeRequest("pg", 53), ALL, ANNA);
    assertEquals(
        List.of("5000/tcp git", "5000/udp pg"),
        ports.list(ALL).stream().map(p -> p.label() + " " + p.app()).toList());
    assertEquals(
        "Port 5000/udp leads to pg, port 53.", refused("udp", "5000", "git", ALL).detail());
    assertNull(route("pg").ports(), "the ingress hears of tcp only");
    ports.remove("tcp", "5000", ALL, ANNA);
    assertEquals(List.of("5000/udp"), ports.list(ALL).stream().map(ExposedPort::label).toList());
  }

  @Test
  void portsOfDatagramsThatMachinesNeedAreKept() {
    for (String kept : List.of("53", "68", "51820")) {
      assertEquals("invalid-port", refused("udp", kept, "git", ALL).type(), kept);
    }
    database.change(h -> h.execute("UPDATE nodes SET wireguard_port = 51999 WHERE name = 'b'"));
    assertEquals(
        "Port 51999/udp is kept for WireGuard of b.", refused("udp", "51999", "git", ALL).detail());
    assertEquals("invalid-protocol", refused("sctp", "5000", "git", ALL).type());
    assertEquals("invalid-protocol", refused("UDP", "5000", "git", ALL).type());
    ports.expose("udp", "443", new ExposeRequest("git", null), ALL, ANNA);
  }

  @Test
  void whoIsHeldToAProjectSeesAndTakesOnlyItsPorts() {
    Grant pg = new Grant(Role.developer, Set.of("pg"), null);
    ports.expose("tcp", "2222", new ExposeRequest("git", 22), ALL, ANNA);
    assertEquals(List.of(), ports.list(pg));
    assertEquals(
        "Port 2222/tcp leads to an app of another project, port 22.",
        refused("2222", "pg", pg).detail().replace("project.", "project, port 22."));
    assertEquals(404, refused("2223", "git", pg).status());
    Problem other =
        assertThrows(ProblemException.class, () -> ports.remove("tcp", "2222", pg, ANNA)).problem();
    assertEquals("no-such-port", other.type());
    assertEquals(1, ports.list(ALL).size());
  }
}
