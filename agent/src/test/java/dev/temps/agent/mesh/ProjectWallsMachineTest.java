package dev.temps.agent.mesh;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.machine.Wan;
import dev.temps.contract.agent.ProjectSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Walls between projects on two real machines; shop has a container on both, blog on both. */
@Tag("machine")
class ProjectWallsMachineTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration SILENT = Duration.ofSeconds(2); // 40 counts

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Wan wan;
  private MeshNode first;
  private MeshNode second;
  private MeshContainer shop;
  private MeshContainer shopElsewhere;
  private MeshContainer blog;
  private MeshContainer blogElsewhere;
  private MeshContainer stranger;
  private long revision;

  @BeforeEach
  void twoNodesWithTwoProjects() throws Exception {
    wan = new Wan(folder);
    first = new MeshNode(1, wan.machine(1));
    second = new MeshNode(2, wan.machine(2));
    List<MeshNode> nodes = List.of(first, second);
    for (MeshNode node : nodes) {
      node.meet(nodes);
    }
    nodes.forEach(node -> node.awaitProven(SOON));
    shop = first.container(10);
    blog = first.container(11);
    stranger = first.container(12);
    shopElsewhere = second.container(10);
    blogElsewhere = second.container(11);
  }

  @AfterEach
  void tearDown() {
    wan.close();
  }

  private void walls(boolean linked) throws Exception {
    revision++;
    List<ProjectSpec> projects =
        List.of(
            project("p-blog", "blog", linked ? "p-shop" : null, blog, blogElsewhere),
            project("p-shop", "shop", linked ? "p-blog" : null, shop, shopElsewhere));
    first.keepApart(revision, projects);
    second.keepApart(revision, projects);
  }

  private static ProjectSpec project(
      String id, String name, @Nullable String link, MeshContainer... containers) {
    return new ProjectSpec(
        id,
        name,
        Stream.of(containers).map(c -> c.address).toList(),
        link == null ? List.of() : List.of(link));
  }

  @Test
  void aContainerReachesItsOwnProjectOnAnyNodeAndNobodyElses() throws Exception {
    assertTrue(shop.reaches(blog), "nobody has said yet who belongs together");
    walls(false);
    assertTrue(shop.reaches(shopElsewhere));
    assertTrue(shopElsewhere.reaches(shop));
    assertFalse(shop.reaches(blog), "a neighbour on the same bridge");
    assertFalse(blog.reaches(shop), "the other way round");
    assertFalse(shop.reaches(blogElsewhere), "another node");
    assertFalse(blogElsewhere.reaches(shop), "from another node");
    assertFalse(stranger.reaches(shop), "an address of nobody");
    assertFalse(shop.reaches(stranger), "towards an address of nobody");
    assertFalse(shop.reaches("10.208.16.2"), "the probe");
    assertFalse(first.probeReaches(shop.address), "from the probe");
    assertTrue(first.probeReaches("10.208.17.2"), "probes reach each other");
  }

  @Test
  void machinesReachEveryContainerAndContainersTheOutside() throws Exception {
    wan.machine(9);
    walls(false);
    for (String address : List.of(shop.address, blog.address, blogElsewhere.address)) {
      assertTrue(first.machine.run("ping", "-c1", "-W1", address).ok(), address);
    }
    assertTrue(shop.reaches("10.99.0.19"), "the outside");
    assertFalse(shop.reaches("10.208.0.1"), "its own machine");
    assertFalse(shop.reaches("10.208.0.2"), "another machine");
    assertFalse(shop.reaches("169.254.169.254"), "the cloud's metadata");
  }

  @Test
  void aLinkLetsTwoProjectsTalkAndItsEndEndsWhatIsOpen() throws Exception {
    walls(true);
    assertTrue(shop.reaches(blog), "a neighbour");
    assertTrue(blogElsewhere.reaches(shop), "from another node");
    blog.count();
    blogElsewhere.count();
    MeshContainer.Listening near = listen(shop, blog);
    MeshContainer.Listening far = listen(shopElsewhere, blog);
    MeshContainer.Listening own = listen(blogElsewhere, blog);
    walls(false);
    assertFalse(shop.reaches(blog));
    long heardNear = near.heard();
    long heardFar = far.heard();
    long heardOwn = own.heard();
    eventually(SOON, "its own goes on", () -> own.heard() > heardOwn + SILENT.toMillis() / 50);
    assertTrue(near.heard() <= heardNear + 1, "the neighbour's connection is dead");
    assertTrue(far.heard() <= heardFar + 1, "and the one from another node");
    walls(true);
    eventually(SOON, "it goes on when they are linked again", () -> near.heard() > heardNear + 10);
  }

  private static MeshContainer.Listening listen(MeshContainer one, MeshContainer other)
      throws Exception {
    MeshContainer.Listening heard = one.listen(other);
    eventually(SOON, "it is heard", () -> heard.heard() > 3);
    return heard;
  }

  @Test
  void anAddressThatChangesItsOwnerIsCutFromTheFormer() throws Exception {
    walls(false);
    assertTrue(shop.reaches(shopElsewhere));
    revision++;
    List<ProjectSpec> moved =
        List.of(
            project("p-blog", "blog", null, blog, blogElsewhere, shop),
            project("p-shop", "shop", null, shopElsewhere));
    first.keepApart(revision, moved);
    second.keepApart(revision, moved);
    assertFalse(shop.reaches(shopElsewhere));
    assertTrue(shop.reaches(blogElsewhere));
  }

  @Test
  void wallsStandAgainAfterTheyWereTornDownAndWhileTheControlPlaneIsAway() throws Exception {
    walls(false);
    first.machine.must("nft", "flush", "ruleset");
    assertTrue(shop.reaches(blog), "torn down");
    eventually(SOON, "they stand again", () -> !shop.reaches(blog), first::describe);
    first.killAgent();
    assertFalse(shop.reaches(blog), "without an agent");
    first.restartAgent();
    first.awaitProven(SOON);
    assertFalse(shop.reaches(blog), "with the next one");
    assertTrue(shop.reaches(shopElsewhere));
  }
}
