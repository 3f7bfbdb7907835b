package dev.temps.control.deployment;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.WorkloadSpec;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.api.RunRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.node.Liveness;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers for one command: what they are made of, where they go, what they hold. */
class OneOffServiceTest extends StoreTest {
  private TestCluster cluster;
  private OneOffService oneOffs;

  @BeforeEach
  void twoNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b");
    oneOffs = another();
  }

  private OneOffService another() {
    return new OneOffService(
        cluster.parts, new NodeWorkloads(cluster.registries, cluster.vault.sealer()));
  }

  private void deploy(String more) {
    String json = "{\"project\":\"web\",\"image\":\"web\"" + more + "}";
    cluster.deploy(Json.read(DeployRequest.class, json));
    cluster.settle();
  }

  private static RunRequest request(@Nullable Long memory, String... command) {
    return new RunRequest(List.of(command), false, 0, 0, null, memory, null);
  }

  private OneOff begin() {
    return oneOffs.begin("web", request(null, "migrate", "--password=s3cret"), ANNA);
  }

  private Problem refused(String app, RunRequest request) {
    return assertThrows(ProblemException.class, () -> oneOffs.begin(app, request, ANNA)).problem();
  }

  @Test
  void itIsMadeOfWhatTheAppServesWithAndHasAnAddressOfItsOwn() {
    deploy(",\"env\":{\"COLOUR\":\"red\"},\"cpuMillis\":100,\"memoryBytes\":67108864");
    OneOff one = begin();
    WorkloadSpec replica = cluster.told(database, "a").getFirst();
    WorkloadSpec made = one.start().workload();
    assertEquals(replica.image(), made.image());
    assertTrue(made.env().contains("COLOUR=red"), made::toString);
    assertEquals(100, made.cpuMillis());
    assertEquals(64L << 20, made.memoryBytes());
    assertNull(made.health());
    assertEquals(List.of(), made.mounts());
    assertNotEquals(replica.address(), made.address());
    assertEquals(List.of("migrate", "--password=s3cret"), one.start().exec().command());
  }

  @Test
  void whoRanWhatIsKeptWithoutArguments() {
    deploy("");
    OneOff one = begin();
    assertTrue(cluster.told("app.run").toString().contains("migrate"), one::id);
    assertTrue(!cluster.told("app.run").toString().contains("s3cret"), one::id);
  }

  @Test
  void itGoesToANodeThatLivesWhereThereIsRoomBesideTheOthers() {
    deploy(",\"replicas\":2,\"memoryBytes\":67108864");
    assertNotEquals(begin().node().name(), begin().node().name(), "the first one is counted");
    cluster.liveness("a", Liveness.suspect);
    assertEquals("b", begin().node().name());
    Problem full = refused("web", request(1L << 44, "sh"));
    assertEquals("no-place", full.type());
    assertTrue(full.line().contains("memory short"), full.line());
  }

  @Test
  void itsAddressRestsWhenItEndsAlsoWhenTheControlPlaneEndedFirst() {
    deploy("");
    cluster.cordon("b");
    OneOff ended = begin();
    OneOff lost = begin();
    oneOffs.end(ended);
    oneOffs.end(ended);
    oneOffs = another();
    oneOffs.recover();
    assertNotEquals(address(lost), address(begin()), "it rests");
    cluster.time.advance(Duration.ofMinutes(10));
    assertEquals(address(ended), address(begin()));
    assertEquals(address(lost), address(begin()));
  }

  private static String address(OneOff one) {
    return one.start().workload().address();
  }

  @Test
  void anAppWithAVolumeIsRefusedWithTheReason() {
    deploy(",\"volumes\":{\"data\":\"/data\"}");
    Problem problem = refused("web", request(null, "sh"));
    assertEquals(409, problem.status());
    assertTrue(problem.line().contains("one writer"), problem.line());
    assertTrue(problem.line().contains("temps exec web"), problem.line());
  }

  @Test
  void aStoppedAppRunsCommandsToo() {
    deploy("");
    cluster.apps.stop("web", ANNA);
    cluster.settle();
    assertEquals("web", begin().start().workload().app());
  }

  @Test
  void whatCanNotBeIsRefused() {
    assertEquals(404, refused("nobody", request(null, "sh")).status());
    deploy("");
    assertEquals("The command is empty.", refused("web", request(null)).detail());
    assertEquals(422, refused("web", request(1L, "sh")).status());
    RunRequest endless = new RunRequest(List.of("sh"), false, 0, 0, null, null, 0);
    assertEquals(422, refused("web", endless).status());
  }
}
