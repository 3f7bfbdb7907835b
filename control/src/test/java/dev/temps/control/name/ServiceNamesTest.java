package dev.temps.control.name;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static dev.temps.control.deployment.TestCluster.request;
import static dev.temps.control.deployment.TestCluster.web;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.api.ExposeRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.access.Grant;
import dev.temps.control.access.Role;
import dev.temps.control.audit.AuditLog;
import dev.temps.control.deployment.AppStates;
import dev.temps.control.deployment.TestCluster;
import dev.temps.control.deployment.TestCluster.Behaviour;
import dev.temps.control.event.EventStore;
import dev.temps.control.mesh.ServiceAddresses;
import dev.temps.control.node.Liveness;
import dev.temps.control.port.ExposedPorts;
import dev.temps.control.store.StoreTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every node is told of names. */
class ServiceNamesTest extends StoreTest {
  private TestCluster cluster;

  @BeforeEach
  void twoNodes() {
    cluster = new TestCluster(database, folder).nodes("a");
    cluster.node("b", "amd64", Map.of("zone", "north"));
  }

  private List<ServiceSpec> told() {
    ServiceNames names = new ServiceNames(new AppStates(cluster), cluster);
    return database.read(h -> names.all(h, cluster.time.millis()));
  }

  private ServiceSpec told(String name) {
    return told().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private List<String> members(String name) {
    return told(name).members().stream().map(ServiceSpec.Member::id).toList();
  }

  private List<String> nodes(String name) {
    return told(name).members().stream().map(ServiceSpec.Member::nodeId).sorted().toList();
  }

  private static DeployRequest environment(String project, String name) {
    return new DeployRequest(
        project, name, "web", 1, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null);
  }

  @Test
  void everyAppHasItsNameAddressAndReplicas() {
    cluster.deploy(request("shop", "web", 2));
    cluster.deploy(environment("shop", "staging"));
    cluster.deploy(request("blog", "web", 1));
    cluster.settle();
    assertEquals(
        List.of(
            "blog.blog.temps.internal 10.223.0.3",
            "shop.shop.temps.internal 10.223.0.1",
            "shop-staging.shop.temps.internal 10.223.0.2"),
        told().stream().map(s -> s.host() + " " + s.address()).toList());
    assertEquals(List.of("n-a", "n-b"), nodes("shop"));
    for (ServiceSpec.Member member : told("shop").members()) {
      assertEquals(member.nodeId().equals("n-b") ? "north" : null, member.zone());
    }
    assertEquals(members("shop"), members("shop").stream().sorted().toList());
    assertEquals(told(), told(), "the same rows, the same list");
  }

  @Test
  void theyAreWhatTheRoutesLeadToWhileAReleaseTakesOver() {
    cluster.deploy(web(2));
    assertEquals(List.of(), members("web"), "nothing can be spoken to yet");
    cluster.settle();
    List<String> old = members("web");
    assertEquals(cluster.backends("web"), old);
    cluster.gateway.push("web:2", TestCluster.DIGEST.replace('0', '1'), "amd64");
    cluster.behave("web@sha256:1", Behaviour.SLOW);
    cluster.deploy(request("web", "web:2", 2));
    cluster.settle();
    assertEquals(old, members("web"));
    String address = told("web").address();
    cluster.behave("web@sha256:1", Behaviour.WELL);
    cluster.settle();
    cluster.advance(Duration.ofSeconds(10));
    assertEquals(cluster.backends("web"), members("web"));
    assertEquals(2, members("web").size());
    assertEquals(0, members("web").stream().filter(old::contains).count());
    assertEquals(address, told("web").address());
  }

  @Test
  void aReplicaOnANodeThatIsDownIsNotNamedButOneThatIsSuspectedIs() {
    cluster.deploy(web(2));
    cluster.settle();
    cluster.liveness("b", Liveness.suspect);
    assertEquals(List.of("n-a", "n-b"), nodes("web"));
    cluster.liveness("b", Liveness.down);
    assertEquals(List.of("n-a"), nodes("web"));
    cluster.liveness("a", Liveness.down);
    assertEquals(List.of(), nodes("web"));
  }

  @Test
  void whereNoneIsHealthyAllThatShouldRunAreNamed() {
    cluster.deploy(web(2));
    cluster.settle();
    cluster.behave("web", Behaviour.DEAF);
    cluster.settle();
    assertEquals(List.of("n-a", "n-b"), nodes("web"));
    cluster.liveness("b", Liveness.down);
    assertEquals(List.of("n-a"), nodes("web"));
  }

  @Test
  void aStoppedAppKeepsItsNameWithNobodyBehindIt() {
    cluster.deploy(web(1));
    cluster.settle();
    cluster.apps.stop("web", ANNA);
    cluster.settle();
    assertEquals(List.of(), members("web"));
    assertEquals("10.223.0.1", told("web").address());
    cluster.apps.start("web", ANNA);
    cluster.settle();
    assertEquals(1, members("web").size());
  }

  @Test
  void aRemovedAppHasNoNameAndDeployedAgainItsOldAddress() {
    cluster.deploy(web(1));
    cluster.settle();
    cluster.apps.remove("web", ANNA);
    assertEquals(List.of(), told());
    cluster.deploy(request("other", "web", 1));
    cluster.deploy(web(1));
    assertEquals("10.223.0.2", told("other").address());
    assertEquals("10.223.0.1", told("web").address());
  }

  @Test
  void anAppFromBeforeHasNoNameUntilItHasAnAddress() {
    cluster.deploy(web(1));
    cluster.settle();
    database.change(h -> h.execute("DELETE FROM service_addresses"));
    assertEquals(List.of(), told());
    database.change(h -> new ServiceAddresses(cluster.time).assignMissing(h));
    assertEquals(1, members("web").size());
  }

  @Test
  void eachReplicaIsToldWhichUdpPortsLeadToWhichPortOfIts() {
    cluster.deploy(request("other", "web", 1));
    cluster.deploy(web(2));
    cluster.settle();
    assertEquals(List.of(), udp("web"));
    ExposedPorts ports =
        new ExposedPorts(
            database,
            new EventStore(cluster.ids),
            new AuditLog(cluster.time, cluster.ids),
            cluster.time,
            () -> {});
    Grant all = new Grant(Role.owner, Set.of(), null);
    ports.expose("udp", "5000", new ExposeRequest("web", null), all, ANNA);
    ports.expose("udp", "5001", new ExposeRequest("web", 53), all, ANNA);
    ports.expose("tcp", "5002", new ExposeRequest("web", null), all, ANNA);
    assertEquals(List.of("5000:8080 5001:53", "5000:8080 5001:53"), udp("web"));
    assertEquals(List.of(), udp("other"));
    cluster.gateway.push("web:2", TestCluster.DIGEST.replace('0', '1'), "amd64");
    String json =
        """
        {"project":"web","image":"web:2","port":9000,"rollout":{"maxSurge":1}}\
        """;
    cluster.deploy(Json.readStrict(DeployRequest.class, json));
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 10; i++) {
      cluster.report();
      cluster.reconciler.step();
      cluster.time.advance(Duration.ofSeconds(2));
      seen.add(String.join(", ", udp("web").stream().sorted().toList()));
    }
    assertEquals(List.of("5000:9000 5001:53", "5000:9000 5001:53"), udp("web"));
    assertTrue(seen.stream().anyMatch(s -> s.contains("8080") && s.contains("9000")), "" + seen);
  }

  private List<String> udp(String name) {
    return told(name).members().stream()
        .map(ServiceSpec.Member::udp)
        .filter(Objects::nonNull)
        .map(of -> of.stream().map(p -> p.port() + ":" + p.target()).collect(joining(" ")))
        .toList();
  }

  @Test
  void containersLookForShortNamesInTheirProject() {
    cluster.deploy(environment("shop", "staging"));
    cluster.settle();
    var spec = cluster.told(database, "a").getFirst();
    assertEquals("shop.temps.internal", spec.search());
    assertEquals("shop-staging", spec.app());
    assertNull(spec.volumes());
  }
}
