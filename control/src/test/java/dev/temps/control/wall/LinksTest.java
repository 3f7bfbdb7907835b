package dev.temps.control.wall;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static dev.temps.control.deployment.TestCluster.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.ProjectSpec;
import dev.temps.control.access.Grant;
import dev.temps.control.access.Role;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which projects may talk to each other. */
class LinksTest extends StoreTest {
  private static final Grant ALL = new Grant(Role.owner, Set.of(), null);

  private final AtomicInteger changes = new AtomicInteger();
  private TestCluster cluster;
  private Links links;

  @BeforeEach
  void shopAndBlog() {
    cluster = new TestCluster(database, folder).nodes("a", "b");
    links =
        new Links(
            database,
            new AuditLog(cluster.time, cluster.ids),
            cluster.time,
            changes::incrementAndGet);
    cluster.deploy(request("shop", "web", 1));
    cluster.deploy(request("blog", "web", 1));
    cluster.settle();
  }

  private List<String> names(Grant seen) {
    return links.list(seen).stream().map(l -> l.project() + " " + l.other()).toList();
  }

  private List<String> audited() {
    return database.read(h -> AuditLog.newest(h, 50)).stream()
        .map(e -> e.action() + " " + e.subject())
        .filter(text -> text.startsWith("project."))
        .toList();
  }

  private ProjectSpec told(String name) {
    return database.read(h -> ProjectWalls.all(h, cluster.time.millis())).stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Problem refused(Grant grant, String one, String other) {
    Problem add =
        assertThrows(ProblemException.class, () -> links.add(one, other, grant, ANNA)).problem();
    Problem remove =
        assertThrows(ProblemException.class, () -> links.remove(one, other, grant, ANNA)).problem();
    assertEquals(add, remove);
    return add;
  }

  @Test
  void aLinkIsForBothWaysAndToldToEveryNode() {
    Link made = links.add("shop", "blog", ALL, ANNA);
    assertEquals("blog", made.project());
    assertEquals("shop", made.other());
    assertEquals(ANNA.name(), made.createdBy());
    assertEquals(List.of(told("blog").id()), told("shop").links());
    assertEquals(List.of(told("shop").id()), told("blog").links());
    links.remove("blog", "shop", ALL, ANNA);
    assertEquals(List.of(), told("shop").links());
    assertEquals(List.of(), names(ALL));
    assertEquals(2, changes.get());
  }

  @Test
  void twiceIsOnceAndLeavesOneTrace() {
    Link made = links.add("shop", "blog", ALL, ANNA);
    assertEquals(made, links.add("blog", "shop", ALL, ANNA));
    assertEquals(List.of("blog shop"), names(ALL));
    cluster.time.advance(Duration.ofSeconds(1));
    links.remove("shop", "blog", ALL, ANNA);
    links.remove("shop", "blog", ALL, ANNA);
    assertEquals(List.of("project.unlink shop and blog", "project.link shop and blog"), audited());
  }

  @Test
  void whatCanNotBeIsRefusedAndChangesNothing() {
    Problem unknown = refused(ALL, "shop", "nobody");
    assertEquals(404, unknown.status());
    assertTrue(unknown.line().contains("nobody"), unknown.line());
    assertEquals(422, refused(ALL, "shop", "shop").status());
    assertEquals(List.of(), names(ALL));
    assertEquals(List.of(), audited());
  }

  @Test
  void whoIsHeldToProjectsLinksOnlyThoseAndSeesWhoTalksToThem() {
    Grant shop = new Grant(Role.developer, Set.of("shop"), null);
    Grant both = new Grant(Role.developer, Set.of("shop", "blog"), null);
    Grant other = new Grant(Role.developer, Set.of("else"), null);
    assertEquals(404, refused(shop, "shop", "blog").status());
    links.add("shop", "blog", both, ANNA);
    assertEquals(List.of("blog shop"), names(shop));
    assertEquals(List.of(), names(other));
  }

  @Test
  void aProjectThatGetsTheNameOfARemovedOneDoesNotInheritItsLinks() {
    links.add("shop", "blog", ALL, ANNA);
    cluster.apps.remove("shop", ANNA);
    cluster.settle();
    assertEquals(List.of(), names(ALL));
    cluster.deploy(request("shop", "web", 1));
    cluster.settle();
    assertEquals(List.of(), names(ALL));
    cluster.time.advance(Duration.ofMinutes(2)); // what the removed one had is forgotten
    assertEquals(List.of(), told("shop").links());
  }
}
