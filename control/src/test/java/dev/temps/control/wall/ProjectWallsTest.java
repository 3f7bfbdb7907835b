package dev.temps.control.wall;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static dev.temps.control.deployment.TestCluster.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.temps.contract.agent.ProjectSpec;
import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.api.RunRequest;
import dev.temps.control.deployment.NodeWorkloads;
import dev.temps.control.deployment.OneOff;
import dev.temps.control.deployment.OneOffService;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.store.StoreTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose the addresses are that every node is told. */
class ProjectWallsTest extends StoreTest {
  private TestCluster cluster;

  @BeforeEach
  void twoNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b");
  }

  private List<ProjectSpec> told() {
    return database.read(h -> ProjectWalls.all(h, cluster.time.millis()));
  }

  private List<String> addresses(String project) {
    return told().stream()
        .filter(p -> p.name().equals(project))
        .flatMap(p -> p.addresses().stream())
        .toList();
  }

  private List<String> placed(String app) {
    return Stream.of("a", "b")
        .flatMap(node -> cluster.told(database, node).stream())
        .filter(spec -> spec.app().equals(app))
        .map(WorkloadSpec::address)
        .sorted()
        .toList();
  }

  @Test
  void aReplicaIsToldAsItsProjectsAsSoonAsItIsPlaced() {
    cluster.deploy(request("shop", "web", 2));
    cluster.deploy(request("blog", "web", 2));
    assertEquals(2, addresses("shop").size());
    assertEquals(placed("shop"), addresses("shop"));
    assertEquals(placed("blog"), addresses("blog"));
    cluster.settle();
    assertEquals(told(), told(), "the same rows, the same list");
  }

  @Test
  void aOneOffBelongsToItsAppsProject() {
    cluster.deploy(request("shop", "web", 1));
    cluster.settle();
    OneOffService oneOffs =
        new OneOffService(
            cluster.parts, new NodeWorkloads(cluster.registries, cluster.vault.sealer()));
    RunRequest request = new RunRequest(List.of("sh"), false, 0, 0, null, null, null);
    OneOff one = oneOffs.begin("shop", request, ANNA);
    assertEquals(2, addresses("shop").size());
    oneOffs.end(one);
    cluster.time.advance(Duration.ofMinutes(2));
    assertEquals(placed("shop"), addresses("shop"));
  }

  @Test
  void anAddressStaysItsProjectsWhileItsContainerEndsAndIsNobodysWhileItRests() {
    cluster.cordon("b");
    cluster.deploy(request("shop", "web", 1));
    cluster.settle();
    String address = addresses("shop").getFirst();
    cluster.apps.remove("shop", ANNA);
    cluster.deploy(request("blog", "web", 1));
    assertEquals(List.of(address), addresses("shop"), "it has ten seconds to end");
    assertNotEquals(List.of(address), addresses("blog"));
    cluster.time.advance(Duration.ofMinutes(1));
    assertEquals(List.of(), addresses("shop"));
    cluster.time.advance(Duration.ofMinutes(10));
    cluster.deploy(request("news", "web", 1));
    assertEquals(List.of(address), addresses("news"));
  }

  @Test
  void aStoreFromBeforeLearnsWhoseItsAddressesAre() throws IOException {
    cluster.deploy(request("shop", "web", 2));
    cluster.deploy(request("blog", "web", 1));
    List<ProjectSpec> before = told();
    database.change(h -> h.execute("UPDATE addresses SET project_id = NULL"));
    assertEquals(List.of(), told());
    String migration = migration();
    int start = migration.indexOf("UPDATE addresses");
    String learn = migration.substring(start, migration.indexOf(';', start));
    database.change(h -> h.execute(learn));
    assertEquals(before, told());
  }

  private static String migration() throws IOException {
    try (InputStream in = ProjectWalls.class.getResourceAsStream("/db/common/V11__walls.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
