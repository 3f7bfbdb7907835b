package dev.temps.agent.mesh;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.machine.Machine;
import dev.temps.agent.machine.Wan;
import dev.temps.contract.agent.ProjectSpec;
import dev.temps.contract.agent.ServiceSpec;
import dev.temps.contract.agent.ServiceSpec.UdpPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A UDP port of two real machines with walls and Docker's firewall; an outsider sends to it. */
@Tag("machine")
class UdpPortMachineTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final int PORT = 5000;
  private static final int TARGET = 5353;
  private static final int OWN = 40_000;
  private static final String SENDER = " 10.99.0.19:" + OWN;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Wan wan;
  private Machine outsider;
  private MeshNode first;
  private MeshNode second;
  private MeshContainer one;
  private MeshContainer two;
  private MeshContainer blog;
  private long revision;

  @BeforeEach
  void twoNodesAndAnOutsider() throws Exception {
    wan = new Wan(folder);
    outsider = wan.machine(9);
    first = new MeshNode(1, wan.machine(1));
    second = new MeshNode(2, wan.machine(2));
    List<MeshNode> nodes = List.of(first, second);
    for (MeshNode node : nodes) {
      dockersFirewall(node.machine);
      node.meet(nodes);
    }
    nodes.forEach(node -> node.awaitProven(SOON));
    one = first.container(10);
    two = first.container(11);
    blog = first.container(12);
    one.hear(TARGET);
    two.hear(TARGET);
    List<ProjectSpec> apart =
        List.of(
            new ProjectSpec("p-s", "shop", List.of(one.address, two.address), List.of()),
            new ProjectSpec("p-b", "blog", List.of(blog.address), List.of()));
    for (MeshNode node : nodes) {
      node.keepApart(1, apart);
    }
  }

  /** Docker passes on what containers send, its answers, and nothing else. */
  private static void dockersFirewall(Machine machine) {
    machine.must("iptables", "-P", "FORWARD", "DROP");
    machine.must("iptables", "-N", "DOCKER-USER");
    machine.must("iptables", "-A", "FORWARD", "-j", "DOCKER-USER");
    machine.must(
        "iptables",
        "-A",
        "FORWARD",
        "-m",
        "conntrack",
        "--ctstate",
        "RELATED,ESTABLISHED",
        "-j",
        "ACCEPT");
    machine.must("iptables", "-A", "FORWARD", "-i", "temps0", "!", "-o", "temps0", "-j", "ACCEPT");
  }

  @AfterEach
  void tearDown() {
    wan.close();
  }

  private void served(MeshContainer... containers) throws Exception {
    revision++;
    List<ServiceSpec.Member> members =
        List.of(containers).stream().map(UdpPortMachineTest::member).toList();
    List<ServiceSpec> services = List.of(new ServiceSpec("game", "shop", "10.223.0.4", members));
    first.name(revision, services);
    second.name(revision, services);
  }

  private static ServiceSpec.Member member(MeshContainer container) {
    return new ServiceSpec.Member(
        "i-" + container.address,
        container.address,
        "n-1",
        null,
        List.of(new UdpPort(PORT, TARGET)));
  }

  private String asks(String address) {
    return Datagrams.ask(outsider, address, PORT, OWN);
  }

  @Test
  void aDatagramFromOutsideReachesTheContainerAndItsAnswerComesFromTheAddressThatWasAsked()
      throws Exception {
    first.machine.must("ip", "address", "add", "10.99.0.111/24", "dev", "eth0");
    assertEquals(Datagrams.REFUSED, asks("10.99.0.11"), "nobody serves yet");
    served(one);
    assertEquals(one.address + SENDER, asks("10.99.0.11"));
    assertEquals(
        one.address + " 10.99.0.19:40001",
        Datagrams.ask(outsider, "10.99.0.111", PORT, OWN + 1),
        "another address of the machine");
    assertEquals(Datagrams.REFUSED, asks("10.99.0.12"), "a machine without a replica");
    assertEquals(
        Datagrams.REFUSED,
        Datagrams.ask(second.machine, "10.208.0.1", PORT, OWN),
        "over the mesh nothing listens");
    outsider.must("ip", "route", "add", "10.208.0.0/12", "via", "10.99.0.11");
    assertEquals(Datagrams.SILENCE, asks("10.208.0.1"), "the address in the mesh");
    assertEquals(
        Datagrams.SILENCE,
        Datagrams.ask(outsider, one.address, TARGET, OWN),
        "nobody routes into containers");
  }

  @Test
  void containersOfAnotherProjectDoNotReachItThroughTheMachinesAddress() throws Exception {
    served(one);
    assertEquals(one.address + SENDER, asks("10.99.0.11"));
    for (String address : List.of("10.99.0.11", "10.208.0.1", "10.208.16.1")) {
      assertEquals(Datagrams.SILENCE, blog.hears(address, PORT), address);
    }
    assertEquals(Datagrams.SILENCE, blog.hears(one.address, TARGET), "its own address");
  }

  @Test
  void aSenderThatKeepsItsPortIsLedToTheNextOneWhenItsOwnIsGone() throws Exception {
    served(one, two);
    MeshContainer.Talking talk = Datagrams.talk(outsider, "10.99.0.11", PORT, OWN);
    eventually(SOON, "it is answered", () -> talk.last().endsWith(SENDER), () -> "" + talk);
    MeshContainer led = talk.last().startsWith(one.address) ? one : two;
    MeshContainer other = led == one ? two : one;
    served(led);
    assertEquals(led.address + SENDER, talk.last(), "who is gone was not its own");
    served(other);
    hears(talk, other.address + SENDER);
    served();
    hears(talk, Datagrams.REFUSED);
    served(led);
    hears(talk, led.address + SENDER);
    served(one, two);
    int heard = talk.lines().size();
    eventually(SOON, "it goes on", () -> talk.lines().size() > heard + 10);
    assertEquals(led.address + SENDER, talk.last());
    assertTrue(
        talk.lines().stream().filter(l -> l.startsWith("10.")).allMatch(l -> l.endsWith(SENDER)),
        "never under another port: " + talk.lines());
  }

  private static void hears(MeshContainer.Talking talk, String answer) {
    eventually(SOON, "it hears " + answer, () -> talk.last().equals(answer), () -> "" + talk);
  }

  @Test
  void aProgramOfTheMachineKeepsThePortItHas() throws Exception {
    served(one);
    assertEquals(one.address + SENDER, asks("10.99.0.11"));
    String takes =
        "my $u = IO::Socket::INET->new(LocalPort => 5000, Proto => 'udp') or die;"
            + " while ($u->recv(my $m, 100)) { $u->send('its own') }";
    first.machine.start("taker", List.of("perl", "-MIO::Socket::INET", "-e", takes));
    eventually(SOON, "it has it", () -> asks("10.99.0.11").equals("its own"), first::describe);
    eventually(
        SOON,
        "it is told",
        () -> first.condition("names").detail().startsWith("UDP port 5000 does not lead to its"),
        first::describe);
  }

  @Test
  void whatAnotherProgramTookAwayStandsAgain() throws Exception {
    served(one);
    first.killAgent();
    first.machine.must("iptables", "-F", "DOCKER-USER");
    assertEquals(Datagrams.SILENCE, asks("10.99.0.11"), "Docker lets nothing in");
    first.restartAgent();
    eventually(SOON, "it is led again", () -> asks("10.99.0.11").startsWith(one.address));
  }
}
