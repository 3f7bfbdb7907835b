package dev.temps.agent.mesh;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.machine.Wan;
import dev.temps.contract.agent.ProjectSpec;
import dev.temps.contract.agent.ServiceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Services on two real machines with walls; shop has a caller and two who can serve. */
@Tag("machine")
class ServiceAddressesMachineTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String DB = "10.223.0.4";
  private static final String REFUSED = "Connection refused";
  private static final String RESET = "Connection reset by peer";
  private static final String ENDED = "Software caused connection abort";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Wan wan;
  private MeshNode first;
  private MeshNode second;
  private MeshContainer caller;
  private MeshContainer near;
  private MeshContainer far;
  private MeshContainer blog;
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
    caller = first.container(10);
    near = first.container(11);
    blog = first.container(12);
    far = second.container(10);
    near.serve();
    far.serve();
    List<ProjectSpec> apart =
        List.of(
            new ProjectSpec(
                "p-s", "shop", List.of(caller.address, near.address, far.address), List.of()),
            new ProjectSpec("p-b", "blog", List.of(blog.address), List.of()));
    for (MeshNode node : nodes) {
      node.keepApart(1, apart);
    }
  }

  @AfterEach
  void tearDown() {
    wan.close();
  }

  private void served(ServiceSpec.Member... members) throws Exception {
    revision++;
    List<ServiceSpec> services = List.of(new ServiceSpec("db", "shop", DB, List.of(members)));
    first.name(revision, services);
    second.name(revision, services);
  }

  private static ServiceSpec.Member at(MeshContainer container, int node) {
    return new ServiceSpec.Member("i-" + container.address, container.address, "n-" + node, null);
  }

  /** Which names resolve where, and that what they resolve to answers. */
  @Test
  void aServiceIsReachedByItsNameInItsProjectAndByNobodyElse() throws Exception {
    served(at(far, 2));
    eventually(
        SOON,
        "the short name resolves",
        () -> caller.resolve("shop", "db").equals(List.of(DB)),
        first::describe);
    assertEquals(List.of(DB), caller.resolve("shop", "db.shop.temps.internal"));
    assertEquals(List.of(DB), blog.resolve("blog", "db.shop.temps.internal"));
    assertEquals(List.of(), blog.resolve("blog", "db"), "another project's short name");
    assertEquals(List.of(far.address), caller.resolve("shop", "all.db"));
    assertEquals(far.address, caller.ask(DB));
    assertEquals(far.address, far.ask(DB), "itself, on the other machine");
    assertNotEquals(far.address, blog.ask(DB), "walls stand around a service's members, too");
    assertEquals(far.address, hostAsks(first), "a program of the machine");
    assertEquals(far.address, hostAsks(second));
    served(at(near, 1), at(far, 2));
    assertEquals(near.address, caller.ask(DB), "the one on this node, on the same bridge");
    assertEquals(near.address, near.ask(DB), "itself");
    assertEquals(far.address, far.ask(DB), "each node has one");
    eventually(
        SOON,
        "all of them",
        () -> caller.resolve("shop", "all.db").equals(List.of(near.address, far.address)));
  }

  private static String hostAsks(MeshNode node) {
    String asks =
        "my $c = IO::Socket::INET->new(PeerAddr => '"
            + DB
            + "', PeerPort => 8080, Timeout => 2);"
            + "print $c ? scalar <$c> : $!;";
    return node.machine.run("perl", "-MIO::Socket::INET", "-e", asks).out().strip();
  }

  @Test
  void aServiceMovesInOneStepAndWhatWasOpenIsResetAtTheNextPacket() throws Exception {
    served(at(far, 2));
    MeshContainer.Talking own = talking(far, "tcp", far);
    MeshContainer.Talking datagrams = talking(caller, "udp", far);
    MeshContainer.Talking open = talking(caller, "tcp", far);
    served(at(near, 1));
    assertEquals(near.address, caller.ask(DB));
    cut(open);
    cut(own);
    eventually(SOON, "datagrams follow", () -> datagrams.last().equals(near.address));
    MeshContainer.Talking bridged = talking(caller, "tcp", near);
    MeshContainer.Talking itself = talking(near, "tcp", near);
    served(at(near, 1), at(far, 2));
    int heard = bridged.lines().size();
    eventually(SOON, "another member cuts nobody", () -> bridged.lines().size() > heard + 10);
    assertEquals(near.address, itself.last());
    served(at(far, 2));
    cut(bridged);
    cut(itself);
    assertEquals(far.address, near.ask(DB));
  }

  @Test
  void whoOnlyWaitsForAMachineThatLostItsPowerIsToldWhenAnotherServes() throws Exception {
    served(at(far, 2));
    MeshContainer.Talking waiting = caller.await(DB);
    eventually(SOON, "it waits", () -> waiting.last().equals(far.address));
    second.machine.close();
    first.name(revision + 1, List.of(new ServiceSpec("db", "shop", DB, List.of(at(near, 1)))));
    eventually(
        Duration.ofSeconds(3), "it is told", () -> waiting.last().equals(ENDED), waiting::toString);
    assertEquals(near.address, caller.ask(DB));
  }

  private static MeshContainer.Talking talking(
      MeshContainer from, String protocol, MeshContainer to) throws Exception {
    MeshContainer.Talking talk = from.talk(DB, protocol);
    eventually(
        SOON, protocol + " is answered", () -> talk.last().equals(to.address), () -> "" + talk);
    return talk;
  }

  /** By the kernel's answer to its next packet, or by the agent, whichever comes first. */
  private static void cut(MeshContainer.Talking talk) {
    eventually(
        Duration.ofSeconds(3),
        "it is cut",
        () -> Set.of(RESET, ENDED).contains(talk.last()),
        talk::toString);
  }

  private static void reset(MeshNode node, MeshContainer member, MeshContainer.Talking... talks) {
    String pair = "{ " + DB + " . " + member.address + " }";
    node.machine.must("nft", "delete", "element", "ip", "temps_names", "open", pair);
    for (MeshContainer.Talking talk : talks) {
      eventually(
          Duration.ofSeconds(3), "it is reset", () -> talk.last().equals(RESET), talk::toString);
    }
  }

  @Test
  void theKernelAloneResetsWhatMayNotGoOn() throws Exception {
    served(at(far, 2));
    reset(first, far, talking(caller, "tcp", far));
    reset(second, far, talking(far, "tcp", far));
    served(at(near, 1));
    reset(first, near, talking(caller, "tcp", near), talking(near, "tcp", near));
  }

  @Test
  void whatNobodyServesIsRefusedAtOnce() throws Exception {
    served();
    assertEquals(REFUSED, caller.ask(DB));
    assertEquals(REFUSED, caller.ask("10.223.9.9"), "an address of no service");
    assertEquals(REFUSED, hostAsks(first));
    eventually(
        SOON, "it keeps its address", () -> caller.resolve("shop", "db").equals(List.of(DB)));
    assertEquals(List.of(), caller.resolve("shop", "all.db"));
    served(at(near, 1));
    assertEquals(near.address, caller.ask(DB));
    MeshContainer.Talking open = talking(caller, "tcp", near);
    served();
    cut(open);
  }

  @Test
  void aNodeThatFallsSilentGetsNothingNewAlthoughNobodySaysSo() throws Exception {
    served(at(far, 2), new ServiceSpec.Member("i-3", near.address, "n-3", null));
    eventually(SOON, "both answer", () -> caller.ask(DB).equals(far.address));
    second.machine.must("ip", "link", "set", "eth0", "down");
    eventually(
        SOON,
        "only the other is led to",
        () -> caller.resolve("shop", "all.db").equals(List.of(near.address)),
        first::describe);
    for (int i = 0; i < 8; i++) {
      assertEquals(near.address, caller.ask(DB));
    }
    second.machine.must("ip", "link", "set", "eth0", "up");
    second.machine.must("ip", "route", "replace", "default", "via", "10.99.0.1");
    eventually(SOON, "it is back", () -> caller.ask(DB).equals(far.address), first::describe);
    assertTrue(first.condition("names").ok());
  }
}
