package dev.temps.agent.mesh;

import static dev.temps.kit.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.machine.Machine;
import dev.temps.agent.machine.Wan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The mesh part on real machines with real WireGuard and nftables. */
@Tag("machine")
class MeshMachineTest {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String SECOND_PROBE = "10.208.17.2";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Wan wan;
  private final List<MeshNode> nodes = new ArrayList<>();

  @BeforeEach
  void build() {
    wan = new Wan(folder);
  }

  @AfterEach
  void tearDown() {
    wan.close();
  }

  private MeshNode node(int n) throws Exception {
    MeshNode node = new MeshNode(n, wan.machine(n));
    nodes.add(node);
    return node;
  }

  /** Two nodes that know each other and have proven it. */
  private void pair() throws Exception {
    node(1);
    node(2);
    for (MeshNode node : nodes) {
      node.meet(nodes);
    }
    nodes.forEach(node -> node.awaitProven(SOON));
    nodes.forEach(node -> node.awaitMeshWell(SOON));
  }

  @Test
  void containersReachContainersAcrossMachinesAndNothingElse() throws Exception {
    pair();
    MeshNode first = nodes.getFirst();
    assertTrue(first.probeReaches(SECOND_PROBE));
    assertTrue(first.probeReaches(SECOND_PROBE, "-M", "do", "-s", "1300"), "1328 bytes with DF");
    assertTrue(first.probeReaches(SECOND_PROBE, "-s", "4000"), "fragments");
    assertFalse(first.probeReaches("10.208.0.1"), "its own machine");
    assertFalse(first.probeReaches("10.208.0.2"), "the other machine");
    assertFalse(first.probeReaches("10.208.16.1"), "the bridge");
    assertFalse(first.probeReaches("10.99.0.11"), "its own machine's public address");
    assertFalse(first.probeReaches("169.254.169.254"), "the cloud's metadata");
    assertTrue(first.machine.run("ping", "-c1", "-W1", "10.208.0.2").ok(), "node to node");
    assertTrue(first.machine.run("ping", "-c1", "-W1", SECOND_PROBE).ok(), "node to container");
  }

  @Test
  void aLargeBodyArrivesThoughNoPacketMayBeCut() throws Exception {
    pair();
    Path site = Files.createDirectories(folder.resolve("site"));
    Files.write(site.resolve("body"), new byte[1_400]);
    Files.write(site.resolve("large"), new byte[20_000_000]);
    MeshNode second = nodes.get(1);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    second.machine.start(
        "web",
        List.of(
            "nsenter",
            "--net=/run/netns/temps-probe",
            java,
            "-m",
            "jdk.httpserver",
            "-b",
            SECOND_PROBE,
            "-p",
            "8080",
            "-d",
            site.toString()));
    for (String file : List.of("body", "large")) {
      long length = Files.size(site.resolve(file));
      eventually(
          SOON,
          file + " arrives whole",
          () ->
              nodes
                  .getFirst()
                  .machine
                  .run(
                      "nsenter",
                      "--net=/run/netns/temps-probe",
                      java,
                      "-cp",
                      System.getProperty(
                          "surefire.test.class.path", System.getProperty("java.class.path")),
                      FetchMain.class.getName(),
                      "http://" + SECOND_PROBE + ":8080/" + file)
                  .out()
                  .strip()
                  .equals("" + length));
    }
  }

  @Test
  void aStaleEndpointIsSkipped() throws Exception {
    MeshNode first = node(1);
    MeshNode second = node(2);
    first.assign(second.asPeer(true, "10.99.0.200:51820", second.endpoint()));
    second.assign(first.asPeer(true, "10.99.0.201:51820", first.endpoint()));
    nodes.forEach(node -> node.awaitProven(Duration.ofSeconds(25)));
    eventually(
        SOON, // the device follows at once, the agent looks at it with its next round
        "the endpoint that works is told",
        () -> second.endpoint().equals(first.peers().getFirst().endpoint()),
        first::describe);
  }

  @Test
  void blockedUdpIsNamedAndTheMeshMendsItselfWhenItOpens() throws Exception {
    pair();
    MeshNode first = nodes.getFirst();
    Machine blocked = nodes.get(1).machine;
    blocked.must("iptables", "-I", "INPUT", "-p", "udp", "--dport", "51820", "-j", "DROP");
    blocked.must("iptables", "-I", "OUTPUT", "-p", "udp", "--sport", "51820", "-j", "DROP");
    eventually(
        Duration.ofSeconds(30),
        "the condition names peer, endpoint and port",
        () ->
            first.meshCondition().detail().contains("no handshake with worker-2 (10.99.0.12:51820)")
                && first.meshCondition().detail().contains("UDP 51820"),
        first::describe);
    assertTrue(first.report().meshProven(), "a silent peer does not unmake this node");
    blocked.must("iptables", "-D", "INPUT", "-p", "udp", "--dport", "51820", "-j", "DROP");
    blocked.must("iptables", "-D", "OUTPUT", "-p", "udp", "--sport", "51820", "-j", "DROP");
    nodes.forEach(node -> node.awaitMeshWell(Duration.ofSeconds(20)));
  }

  @Test
  void trafficFlowsWhileTheAgentIsAwayAndTheNextOneAdoptsIt() throws Exception {
    pair();
    MeshNode first = nodes.getFirst();
    String device = first.machine.must("ip", "-o", "link", "show", "temps-wg0").split(":")[0];
    first.killAgent();
    assertTrue(first.probeReaches(SECOND_PROBE));
    first.restartAgent();
    first.awaitProven(SOON);
    assertEquals(device, first.machine.must("ip", "-o", "link", "show", "temps-wg0").split(":")[0]);
  }

  @Test
  void wireguardThatDiedIsMadeAgain() throws Exception {
    pair();
    MeshNode first = nodes.getFirst();
    first.machine.must("ip", "link", "delete", "temps-wg0");
    assertFalse(
        first.machine.run("ip", "route", "get", SECOND_PROBE).ok(), "no way out in plain text");
    eventually(
        SOON, "it is reached again", () -> first.probeReaches(SECOND_PROBE), first::describe);
    first.awaitMeshWell(SOON);
  }

  @Test
  void wallsThatWereTornDownStandAgain() throws Exception {
    pair();
    MeshNode first = nodes.getFirst();
    first.machine.must("nft", "flush", "ruleset");
    eventually(
        SOON,
        "the table and Docker's rules are back",
        () ->
            first.machine.run("nft", "list", "table", "inet", "temps").ok()
                && first
                    .machine
                    .run(
                        "iptables",
                        "-C",
                        "DOCKER-USER",
                        "-i",
                        "temps-wg0",
                        "-o",
                        "temps0",
                        "-j",
                        "ACCEPT")
                    .ok(),
        first::describe);
    assertFalse(first.probeReaches("10.208.0.1"));
  }

  @Test
  void nobodyRoutesIntoContainersFromOutside() throws Exception {
    pair();
    Machine outsider = wan.machine(9);
    outsider.must("ip", "route", "add", "10.208.0.0/12", "via", "10.99.0.11");
    assertFalse(outsider.run("ping", "-c1", "-W1", "10.208.16.2").ok(), "a container");
    assertFalse(outsider.run("ping", "-c1", "-W1", SECOND_PROBE).ok(), "one behind the tunnel");
    assertFalse(outsider.run("ping", "-c1", "-W1", "10.208.0.1").ok(), "a node address");
    outsider.must("ip", "address", "add", "10.208.18.5/32", "dev", "lo");
    assertFalse(
        outsider.run("ping", "-c1", "-W1", "-I", "10.208.18.5", "10.99.0.11").ok(), "a forged one");
    assertTrue(outsider.run("ping", "-c1", "-W1", "10.99.0.11").ok(), "its public address");
  }

  @Test
  void containersReachTheOutsideUnderTheirMachinesAddress() throws Exception {
    pair();
    wan.machine(9);
    assertTrue(nodes.getFirst().probeReaches("10.99.0.19"));
  }

  @Test
  void aThirdNodeJoinsWithoutDisturbingTheOthers() throws Exception {
    pair();
    MeshNode third = node(3);
    third.meet(nodes);
    nodes.get(0).meet(nodes);
    nodes.get(1).meet(nodes);
    third.awaitProven(SOON);
    nodes.forEach(node -> node.awaitMeshWell(SOON));
    assertEquals(2, third.peers().size());
  }
}
