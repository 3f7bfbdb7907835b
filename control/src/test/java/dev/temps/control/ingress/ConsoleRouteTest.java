package dev.temps.control.ingress;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static dev.temps.control.deployment.TestCluster.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.ConsoleSpec;
import dev.temps.contract.api.DomainRequest;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.domain.DomainService;
import dev.temps.control.node.NodeDirectory;
import dev.temps.control.node.NodeStore;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The host that leads people to the control plane, and who may not have it. */
class ConsoleRouteTest extends StoreTest {
  private static final List<String> URLS =
      List.of("https://cp.example.org:8443", "https://198.51.100.7:8443", "https://[::1]:8443");

  private TestCluster cluster;

  @BeforeEach
  void twoNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b");
  }

  private @Nullable ConsoleSpec spec(List<String> urls) {
    return database.read(
        new ConsoleRoute("temps.test", urls, new NodeDirectory(database), () -> "CA")::spec);
  }

  @Test
  void itLeadsOverTheMeshWhereTheControlPlaneIsANode() {
    database.change(h -> NodeStore.runsControlPlane(h, "n-b"));
    assertEquals(
        new ConsoleSpec("temps.temps.test", List.of("10.208.0.2"), 8443, "CA"), spec(URLS));
  }

  @Test
  void elsewhereItLeadsToTheAddressesThatAreAdvertised() {
    assertEquals(List.of("198.51.100.7", "::1"), Objects.requireNonNull(spec(URLS)).addresses());
    assertNull(spec(URLS.subList(0, 1)), "HAProxy would not start with a name nobody knows");
  }

  @Test
  void noNewAppTakesItsName() {
    Problem refused =
        assertThrows(ProblemException.class, () -> cluster.deploy(request("temps", "web", 1)))
            .problem();
    assertEquals("invalid-app-name-reserved", refused.type());
    assertEquals(422, refused.status());
    cluster.deploy(request("temps-too", "web", 1));
  }

  @Test
  void anAppFromBeforeKeepsTheNameAndThereIsNoConsole() {
    cluster.deploy(request("older", "web", 1));
    database.change(h -> h.execute("UPDATE environments SET app = 'temps'"));
    assertNull(spec(URLS));
  }

  @Test
  void noProjectClaimsIt() {
    cluster.deploy(request("shop", "web", 1));
    DomainService domains =
        new DomainService(
            database,
            "temps.test",
            cluster.events,
            new AuditLog(cluster.time, cluster.ids),
            cluster.ids,
            cluster.time,
            () -> {});
    DomainRequest wish = new DomainRequest("temps.temps.test", null, null, null, null, null, null);
    Problem refused =
        assertThrows(ProblemException.class, () -> domains.add("shop", wish, ANNA)).problem();
    assertEquals("domain-of-the-console", refused.type());
    assertTrue(refused.line().contains("shop.temps.test"), refused.line());
  }
}
