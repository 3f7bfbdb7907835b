package dev.temps.machine;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.api.VolumeView;
import dev.temps.contract.json.Json;
import dev.temps.lab.ExecResult;
import dev.temps.lab.LabSpec;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Data stays what it is, and what is exclusive never runs twice, whatever happens to a machine. */
@Tag("machine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VolumesAndLeasesTest {
  private Cluster cluster;

  @BeforeAll
  void make() {
    cluster = Cluster.whole(LabSpec.named("volume-test"));
  }

  @AfterAll
  void end() {
    cluster.close();
  }

  private ExecResult inContainer(String app, String script) {
    return cluster.temps("exec", app, "-T", "--", "sh", "-c", script);
  }

  private VolumeView volume() {
    ExecResult shown = cluster.temps("volume", "show", "web:data", "--json");
    return Json.read(VolumeView.class, shown.must("volume show"));
  }

  private String node(String app) {
    return cluster.containers(app).getFirst().node();
  }

  private String aliveOn(String node, String app) {
    String script = "docker ps -q --filter label=temps.app=" + app + "\n";
    return cluster.node(node).script(script, Cluster.SHORT).stdout().strip();
  }

  @Test
  @Order(1)
  void dataOutlivesReleasesAndAnEmptyVolumeGetsWhatTheImageHas() {
    cluster.deploy("web", 1, "--node", "node-2", "--volume", "data:/etc");
    assertEquals("node-2", node("web"));
    // The image has files at that path; an empty volume gets them, so non-empty folders work.
    assertEquals("1", inContainer("web", "cat /etc/sample-version").stdout().strip());
    inContainer("web", "echo kept > /etc/mine").must("write");
    cluster.deploy("web", 1);
    cluster.awaitAnswers("node-3", "web");
    assertEquals("node-2", node("web"));
    assertEquals("kept", inContainer("web", "cat /etc/mine").stdout().strip());
    ExecResult two = cluster.temps("scale", "web", "2");
    assertEquals(1, two.exit());
    assertTrue(two.stderr().contains("one replica"), two.stderr());
    ExecResult used = cluster.temps("volume", "remove", "web:data", "--yes");
    assertTrue(used.stderr().contains("in use"), used.stderr());
  }

  @Test
  @Order(2)
  void aMachineThatLostItsDataStartsNothingOnAnEmptyFolder() {
    String folder = volume().folder().replace("/data", "");
    cluster.node("node-2").script("mv " + folder + " /var/lib/temps/away\n", Cluster.SHORT);
    cluster.temps("restart", "web", "--detach").must("restart");
    eventually(
        Cluster.LONG,
        "it says what it misses",
        () -> cluster.temps("status", "web").stdout().contains("should hold data"),
        () -> cluster.temps("status", "web").stdout() + cluster.state());
    cluster.node("node-2").script("mv /var/lib/temps/away " + folder + "\n", Cluster.SHORT);
    cluster.awaitAnswers("node-3", "web");
    assertEquals("kept", inContainer("web", "cat /etc/mine").stdout().strip());
  }

  @Test
  @Order(3)
  void aRemovedVolumeIsSetAsideOnItsMachine() {
    String id = volume().id();
    cluster.temps("remove", "web", "--yes").must("remove");
    assertTrue(cluster.temps("volume", "list").stdout().contains("unused"));
    cluster.temps("volume", "remove", "web:data", "--yes").must("volume remove");
    String find = "cat /var/lib/temps/volumes/removed/" + id + ".*/data/mine\n";
    eventually(
        Cluster.LONG,
        "its data is set aside",
        () -> cluster.node("node-2").script(find, Cluster.SHORT).stdout().contains("kept"));
  }

  @Test
  @Order(4)
  void anExclusiveAppOfACutMachineEndsThereBeforeItStartsElsewhere() {
    cluster.temps("node", "cordon", "node-1").must("cordon"); // it is never down by silence
    cluster.deploy("lone", 1, "--exclusive");
    cluster.temps("node", "uncordon", "node-1").must("uncordon");
    String cut = node("lone");
    assertTrue(!aliveOn(cut, "lone").isEmpty());
    cluster.node(cut).cut();
    eventually(
        Cluster.LONG,
        "it runs elsewhere, and whenever one looks it is not on both",
        () -> {
          // First elsewhere, then on the cut machine: had it moved in between, both would be seen.
          boolean elsewhere =
              List.of("node-1", "node-2", "node-3").stream()
                  .filter(n -> !n.equals(cut))
                  .anyMatch(n -> !aliveOn(n, "lone").isEmpty());
          boolean here = !aliveOn(cut, "lone").isEmpty();
          assertTrue(!(elsewhere && here), "two at once");
          return elsewhere;
        },
        cluster::state);
    cluster.node(cut).heal();
    cluster.awaitLiveness(cut, "ready");
    cluster.awaitAnswers("node-1", "lone");
    assertEquals("", aliveOn(cut, "lone"));
    assertEquals(1, cluster.containers("lone").size(), cluster::state);
  }
}
