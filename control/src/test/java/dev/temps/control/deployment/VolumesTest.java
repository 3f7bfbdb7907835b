package dev.temps.control.deployment;

import static dev.temps.control.deployment.TestCluster.ANNA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.RemovedVolume;
import dev.temps.contract.agent.VolumeMount;
import dev.temps.contract.api.DeployRequest;
import dev.temps.contract.json.Json;
import dev.temps.control.access.Grant;
import dev.temps.control.access.Role;
import dev.temps.control.deployment.TestCluster.Behaviour;
import dev.temps.control.node.Liveness;
import dev.temps.control.store.StoreTest;
import dev.temps.control.volume.VolumeState;
import dev.temps.control.volume.VolumeStore;
import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data of apps, over the real store and agents that report. */
class VolumesTest extends StoreTest {
  private static final Grant OWNER = new Grant(Role.owner, Set.of(), null);
  private static final Duration LONG = Duration.ofHours(1);

  private TestCluster cluster;

  @BeforeEach
  void threeNodes() {
    cluster = new TestCluster(database, folder).nodes("a", "b", "c");
  }

  private Deployment deploy(String more) {
    String json = "{\"project\":\"web\",\"image\":\"web\"" + more + "}";
    Deployment made = cluster.deploy(Json.read(DeployRequest.class, json));
    cluster.settle();
    return made;
  }

  private Deployment withData() {
    return deploy(",\"volumes\":{\"data\":\"/var/lib/data\"}");
  }

  private Problem refused(String more) {
    List<Replica> before = cluster.living();
    Problem problem =
        assertThrows(ProblemException.class, () -> deploy(more), () -> more).problem();
    assertEquals(before, cluster.living(), "nothing was touched");
    return problem;
  }

  private VolumeMount mount(String node) {
    return cluster.told(database, node).stream()
        .flatMap(spec -> spec.mounts().stream())
        .findFirst()
        .orElseThrow();
  }

  private VolumeService.Seen data() {
    return cluster.volumes.find("web:data", OWNER);
  }

  @Test
  void aVolumeIsMadeWhereItsAppIsPlacedFirstAndThenMustBeThere() {
    cluster.behave("web", Behaviour.SLOW);
    withData();
    assertFalse(mount("a").made(), "nothing has run on it: the node may make it");
    cluster.behave("web", Behaviour.WELL);
    cluster.settle();
    assertTrue(mount("a").made());
    assertEquals("/var/lib/data", mount("a").path());
    assertEquals("/var/lib/data", data().path());
    assertEquals(VolumeState.made, data().volume().state());
  }

  /** A release serves when nothing has crashed for a moment. */
  private void takenOver() {
    cluster.advance(DeploymentPlanner.WATCHED);
    cluster.settle();
  }

  @Test
  void releasesReplaceEachOtherOnItsNodeAndNeverTwoAtOnce() {
    Deployment first = withData();
    String volume = data().volume().id();
    String old = cluster.living().getFirst().id();
    cluster.deploy(Json.read(DeployRequest.class, "{\"project\":\"web\",\"image\":\"web\"}"));
    cluster.reconciler.step();
    cluster.reconciler.step();
    assertEquals(1, cluster.living().size(), "the new one has no place before the old one ended");
    assertEquals(old, cluster.living().getFirst().id());
    cluster.settle();
    assertEquals(List.of("a"), cluster.where("web"));
    assertFalse(old.equals(cluster.living().getFirst().id()));
    takenOver();
    assertEquals(DeploymentState.superseded, cluster.deployment(first.id()).state());
    assertEquals(volume, data().volume().id(), "kept like other settings");
  }

  @Test
  void aReleaseThatFailsGivesTheDataBackToTheOldOne() {
    withData();
    cluster.behave("bad", Behaviour.CRASHES);
    cluster.gateway.push("bad:latest", TestCluster.DIGEST.replace("0a", "0b"), "amd64");
    Deployment bad =
        cluster.deploy(Json.read(DeployRequest.class, "{\"project\":\"web\",\"image\":\"bad\"}"));
    for (int i = 0; i < 5; i++) {
      cluster.settle();
      assertTrue(cluster.living().size() <= 1, cluster.living()::toString);
      cluster.time.advance(Duration.ofSeconds(1));
    }
    assertEquals(DeploymentState.failed, cluster.deployment(bad.id()).state());
    assertEquals(1, cluster.backends("web").size(), "the old release serves again");
  }

  @Test
  void whatCanNotBeIsRefusedBeforeAnythingIsTouched() {
    assertEquals("one-replica-only", refused(",\"replicas\":2,\"volumes\":{\"d\":\"/d\"}").type());
    Problem batches = refused(",\"volumes\":{\"d\":\"/d\"},\"rollout\":{\"maxSurge\":1}");
    assertTrue(batches.line().contains("--max-surge"), batches.line());
    withData();
    assertEquals("volume-elsewhere", refused(",\"node\":\"b\"").type());
    Problem more =
        assertThrows(ProblemException.class, () -> cluster.apps.scale("web", 2, ANNA)).problem();
    assertEquals("one-replica-only", more.type());
    cluster.cordon("a");
    Problem noPlace = refused("");
    assertTrue(
        noPlace.detail().contains("2 nodes: the data of volume data is on a"), noPlace.line());
    assertTrue(noPlace.detail().contains("1 node: cordoned"), noPlace.line());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "data",
        "/a/../b",
        "/a/./b",
        "/a//b",
        "/a/",
        "/proc",
        "/proc/self",
        "/sys/x",
        "/dev/shm",
        "/a:b",
        "/a b",
        "/a\n",
        "/ä"
      })
  void aPathThatIsNoPlaceForDataIsRefused(String path) {
    String json = Json.write(new VolumeMount("", "", path, 0, false));
    String quoted = json.replaceFirst(".*\"path\":(\".*?\"),\"generation.*", "$1");
    assertEquals("invalid-volumes", refused(",\"volumes\":{\"d\":" + quoted + "}").type());
  }

  @Test
  void twoVolumesAtOnePathOrAStrangeNameAreRefused() {
    refused(",\"volumes\":{\"a\":\"/d\",\"b\":\"/d\"}");
    refused(",\"volumes\":{\"../a\":\"/d\"}");
  }

  @Test
  void anAppWhoseMachineIsDownIsNotStartedEmptyElsewhere() {
    withData();
    cluster.liveness("a", Liveness.down);
    cluster.unheard("a", LONG);
    cluster.advance(LONG);
    assertEquals(List.of("a"), cluster.where("web"));
    assertEquals(List.of(), cluster.told(database, "b"));
    String why = String.valueOf(cluster.app("web").serving().orElseThrow().deployment().reason());
    assertTrue(why.contains("the data of volume data is on a"), why);
    cluster.liveness("a", Liveness.ready);
    cluster.settle();
    assertEquals(1, cluster.backends("web").size());
  }

  @Test
  void dataThatWentWithItsMachineIsReplacedOnlyByAPersonsWord() {
    withData();
    String id = data().volume().id();
    cluster.liveness("a", Liveness.down);
    database.change(h -> {
      new Evictions(cluster.parts).evict(h, "n-a");
      Evictions.lose(h, "n-a");
    });
    cluster.advance(LONG);
    assertEquals(List.of(), cluster.living());
    String why = String.valueOf(cluster.app("web").serving().orElseThrow().deployment().reason());
    assertTrue(why.contains("lost with a; to begin with an empty one"), why);
    cluster.volumes.remove("web:data", OWNER, ANNA);
    cluster.settle();
    assertEquals(1, cluster.living().size());
    assertEquals(id, data().volume().id());
    assertEquals(
        2, data().volume().generation(), "another life: the old data is never taken for it");
  }

  @Test
  void aRemovedAppLeavesItsDataForTheNextDeploymentOfItsName() {
    withData();
    String id = data().volume().id();
    assertEquals(
        "volume-in-use",
        assertThrows(ProblemException.class, () -> cluster.volumes.remove("web:data", OWNER, ANNA))
            .problem()
            .type());
    cluster.apps.remove("web", ANNA);
    cluster.settle();
    assertNull(data().path(), "listed as unused");
    cluster.deploy(TestCluster.request("other", "web", 3));
    withData();
    assertEquals(List.of("a"), cluster.where("web"));
    assertEquals(id, data().volume().id());
    assertTrue(mount("a").made());
  }

  @Test
  void aVolumeThatIsGivenUpIsToldToItsNodeAndTheNextOneIsAnother() {
    withData();
    String id = data().volume().id();
    deploy(",\"volumes\":{}");
    takenOver();
    cluster.volumes.remove("web:data", OWNER, ANNA);
    assertEquals(
        List.of(new RemovedVolume(id, 1)),
        database.read(h -> VolumeStore.removedOn(h, "n-a", cluster.time.millis())));
    assertThrows(ProblemException.class, this::data);
    withData();
    assertEquals(2, data().volume().generation());
    assertEquals(1, cluster.told("volume.removed").size());
  }

  @Test
  void othersProjectsVolumesAreNotThere() {
    withData();
    Grant other = new Grant(Role.developer, Set.of("shop"), null);
    assertEquals(List.of(), cluster.volumes.list(other));
    assertThrows(ProblemException.class, () -> cluster.volumes.remove("web:data", other, ANNA));
    assertEquals(1, cluster.volumes.list(new Grant(Role.developer, Set.of("web"), null)).size());
  }
}
