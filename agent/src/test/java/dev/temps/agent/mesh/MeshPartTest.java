package dev.temps.agent.mesh;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.mesh.testing.FakeWireGuard;
import dev.temps.agent.probe.testing.FakeProbe;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.Condition;
import dev.temps.contract.agent.KeyOrder;
import dev.temps.contract.agent.MeshKeys;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.PeerObservation;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.ProjectSpec;
import dev.temps.kit.Problem;
import dev.temps.kit.testing.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeshPartTest {
  private static final MeshSelf SELF = Meshes.self(1);
  private static final PeerSpec SECOND = Meshes.peer(2, "10.99.0.12:51820");
  private static final PeerSpec THIRD = Meshes.peer(3, "10.99.0.13:51820");

  private final FakeWireGuard device = new FakeWireGuard();
  private final FakeProbe probe = new FakeProbe();
  private final FakeTime time = new FakeTime();
  private final AtomicInteger told = new AtomicInteger();
  private final List<WallPlan> built = new ArrayList<>();
  private boolean wallsFail;
  private int bridges;

  private final MeshPart part =
      new MeshPart(
          device,
          (subnet, gateway, mtu) -> bridges++,
          plan -> {
            if (wallsFail) {
              throw Problem.of("no-br-netfilter", 500, "br_netfilter is missing.", "", "").raise();
            }
            built.add(plan);
          },
          probe,
          time);

  private void run(int seconds) throws Exception {
    for (int i = 0; i < seconds * 2; i++) {
      part.step();
      time.advance(Duration.ofMillis(500));
    }
  }

  private Condition condition(String name) {
    return part.conditions().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void theFirstNodeIsProvenWhenTheForbiddenPacketDidNotArrive() throws Exception {
    part.assign(Meshes.peers(7, SELF));
    part.step();
    assertTrue(part.proven());
    assertEquals(7, part.appliedRevision());
    assertTrue(condition("mesh").ok());
    assertTrue(condition("walls").ok());
  }

  @Test
  void aNodeIsNotProvenWhenAContainerReachesTheMachine() throws Exception {
    probe.open(SELF.address(), 100);
    part.assign(Meshes.peers(1, SELF));
    run(2);
    assertFalse(part.proven());
    assertTrue(condition("walls").detail().contains(SELF.address()));
    probe.shut(SELF.address());
    run(2);
    assertTrue(part.proven());
  }

  @Test
  void aFurtherNodeIsProvenOnlyAfterAPacketArrivedAtAReadyOne() throws Exception {
    part.assign(Meshes.peers(1, SELF, SECOND, Meshes.notReady(THIRD)));
    probe.open(THIRD.probeAddress(), 400);
    run(3);
    assertFalse(part.proven());
    probe.open(SECOND.probeAddress(), 500);
    run(3);
    assertTrue(part.proven());
  }

  @Test
  void aNodeIsNotProvenWhenAContainerReachesAnotherNode() throws Exception {
    probe.open(SECOND.probeAddress(), 500);
    probe.open(SECOND.address(), 500);
    part.assign(Meshes.peers(1, SELF, SECOND));
    run(3);
    assertFalse(part.proven());
    assertTrue(condition("walls").detail().contains("worker-2"));
  }

  @Test
  void noBridgeIsMadeBeforeTheWallsStand() throws Exception {
    wallsFail = true;
    part.assign(Meshes.peers(1, SELF));
    run(3);
    assertEquals(0, bridges);
    assertFalse(part.proven());
    assertEquals(-1, part.appliedRevision());
    assertTrue(condition("walls").detail().contains("br_netfilter"));
    wallsFail = false;
    run(5);
    assertTrue(part.proven());
    assertEquals(1, part.appliedRevision());
  }

  @Test
  void aSilentPeerIsNamedWithItsEndpointAndWhatToCheck() throws Exception {
    part.assign(Meshes.peers(1, SELF, SECOND));
    run(36);
    assertEquals(
        "no handshake with worker-2 (10.99.0.12:51820) for 35 s:"
            + " is UDP 51820 open on both machines?",
        condition("mesh").detail());
  }

  @Test
  void aPeerThatComesBackMendsTheConditionAndTellsAtOnce() throws Exception {
    part.assign(Meshes.peers(1, SELF, SECOND));
    run(20);
    assertFalse(condition("mesh").ok());
    part.onChange(told::incrementAndGet);
    device.shake(SECOND.publicKey(), time.now().getEpochSecond());
    probe.open(SECOND.probeAddress(), 700);
    run(2);
    assertTrue(condition("mesh").ok());
    assertEquals(1, told.get());
    PeerObservation seen = part.observed().getFirst();
    assertTrue(seen.reachable());
    assertEquals(700, seen.roundTripMicros());
    assertEquals("10.99.0.12:51820", seen.endpoint());
  }

  @Test
  void everyProofOfAPeersSilenceIsToldAtOnceWithItsLengthAndAge() throws Exception {
    probe.open(SECOND.probeAddress(), 500);
    part.assign(Meshes.peers(1, SELF, SECOND));
    run(3);
    assertEquals(0L, part.observed().getFirst().silentMillis());
    part.onChange(told::incrementAndGet);
    probe.shut(SECOND.probeAddress());
    run(10);
    PeerObservation seen = part.observed().getFirst();
    assertFalse(seen.reachable());
    long silent = Objects.requireNonNull(seen.silentMillis());
    assertTrue(silent >= 8_000 && silent <= 10_000, seen::toString);
    assertEquals(1_000L, seen.probedAgoMillis());
    assertTrue(told.get() >= 9, "told " + told.get() + " times");
  }

  @Test
  void aPeerThatOnlyShakesHandsIsToldApart() throws Exception {
    part.assign(Meshes.peers(1, SELF, SECOND));
    run(5);
    device.shake(SECOND.publicKey(), time.now().getEpochSecond());
    run(15);
    assertTrue(condition("mesh").detail().contains("shakes hands"), condition("mesh").detail());
  }

  @Test
  void aStaleCandidateIsSkipped() throws Exception {
    part.assign(Meshes.peers(1, SELF, Meshes.peer(2, "192.0.2.9:51820", "10.99.0.12:51820")));
    run(4);
    assertEquals("192.0.2.9:51820", device.peers().getFirst().endpoint());
    run(3);
    assertEquals("10.99.0.12:51820", device.peers().getFirst().endpoint());
  }

  @Test
  void aDeviceThatForgotEverythingIsMadeAgain() throws Exception {
    probe.open(SECOND.probeAddress(), 500);
    part.assign(Meshes.peers(1, SELF, SECOND));
    run(2);
    device.crash();
    run(10);
    assertEquals(1, device.peers().size());
    assertTrue(condition("mesh").ok());
  }

  @Test
  void aProvenNodeStaysSoWhenItsPeersVanish() throws Exception {
    probe.open(SECOND.probeAddress(), 500);
    part.assign(Meshes.peers(1, SELF, SECOND));
    run(3);
    probe.shut(SECOND.probeAddress());
    run(20);
    assertTrue(part.proven());
    assertFalse(condition("mesh").ok());
  }

  @Test
  void aWatchedPeerCostsOneProbeASecond() throws Exception {
    probe.open(SECOND.probeAddress(), 500);
    part.assign(Meshes.peers(1, SELF, SECOND));
    run(3);
    int before = probe.pings();
    run(20);
    int sent = probe.pings() - before;
    assertTrue(sent >= 18 && sent <= 21, "pings in 20 s: " + sent);
  }

  @Test
  void aThousandPeersAreTakenInBoundedSteps() throws Exception {
    PeerSpec[] many = IntStream.range(0, 1_000).mapToObj(i -> peerOf(i)).toArray(PeerSpec[]::new);
    part.assign(Meshes.peers(1, SELF, many));
    part.step();
    assertEquals(100, device.changes());
    run(6);
    assertEquals(1_000, device.peers().size());
    assertEquals(1, part.appliedRevision());
  }

  @Test
  void aPeerThatTurnsToItsNextKeyIsFollowedInTheSameStepAndToldWithBothKeys() throws Exception {
    probe.open(SECOND.probeAddress(), 500);
    part.assign(Meshes.peers(1, SELF, SECOND));
    run(2);
    String next = Meshes.key(9);
    part.assign(Meshes.peers(2, SELF, Meshes.turning(SECOND, next)));
    part.step();
    assertEquals(List.of(SECOND.publicKey(), next), part.observed().getFirst().keys());
    device.shake(next, time.now().getEpochSecond());
    part.step();
    assertEquals(List.of(next, SECOND.publicKey()), part.observed().getFirst().keys());
    DevicePeer turned =
        device.peers().stream().filter(p -> p.publicKey().equals(next)).findFirst().orElseThrow();
    assertTrue(turned.allowedIps().contains(SECOND.subnet()));
    part.assign(Meshes.peers(3, SELF, Meshes.keyed(2, next, "10.99.0.12:51820")));
    run(1);
    assertEquals(List.of(next), device.peers().stream().map(DevicePeer::publicKey).toList());
    assertTrue(part.observed().getFirst().reachable(), "it is still the same neighbour");
  }

  @Test
  void aPeerThatIsAboutToTurnIsWatchedInsteadOfProbedForSomeSeconds() throws Exception {
    part.assign(Meshes.peers(1, SELF, SECOND));
    run(2);
    part.assign(Meshes.peers(2, SELF, Meshes.turning(SECOND, Meshes.key(9))));
    part.step();
    int pings = probe.pings();
    run(4);
    assertEquals(pings, probe.pings(), "a probe without an answer would hold up the turn");
    run(20);
    assertTrue(probe.pings() > pings, "but not for good");
  }

  @Test
  void anOrderedKeyIsMadeThenUsedAndEveryPeerIsGreetedWithIt() throws Exception {
    probe.open(SECOND.probeAddress(), 500);
    part.assign(ordered(1, null));
    run(1);
    MeshKeys before = part.keys();
    assertFalse(part.rotating());
    part.onChange(told::incrementAndGet);
    part.assign(ordered(2, KeyOrder.prepare));
    part.step();
    String next = part.keys().next();
    assertNotNull(next);
    assertEquals(before.current(), part.keys().current());
    assertEquals(1, told.get(), "the control plane hears of it at once");
    int pings = probe.pings();
    part.assign(ordered(3, KeyOrder.use));
    part.step();
    assertEquals(new MeshKeys(next, null), part.keys());
    assertTrue(probe.pings() > pings);
    part.step();
    assertEquals(new MeshKeys(next, null), part.keys(), "told again it changes nothing");
  }

  private static Assignment.Peers ordered(long revision, @Nullable KeyOrder order) {
    Assignment.Peers plain = Meshes.peers(revision, SELF, SECOND);
    return new Assignment.Peers(plain.revision(), plain.hash(), plain.self(), plain.items(), order);
  }

  private static PeerSpec peerOf(int i) {
    long node = Cidr.address("10.208.0.2") + i;
    long net = Cidr.address("10.208.17.0") + 256L * i;
    byte[] key = new byte[32];
    key[0] = (byte) i;
    key[1] = (byte) (i >> 8);
    return new PeerSpec(
        "n-" + i,
        "w-" + i,
        java.util.Base64.getEncoder().encodeToString(key),
        Cidr.text(node),
        Cidr.text(net) + "/24",
        java.util.List.of("192.0.2.1:51820"),
        Cidr.text(net + 2),
        0,
        true,
        null,
        null);
  }

  private static Assignment.Walls walls(long revision, String... addresses) {
    return new Assignment.Walls(
        revision, "h", List.of(new ProjectSpec("p-1", "web", List.of(addresses), List.of())));
  }

  @Test
  void theFirstWallsOfAStartHaveTheProjectsOfTheJournal() throws Exception {
    part.walls().assign(walls(3, "10.208.16.10"));
    part.walls().step();
    assertEquals(List.of(), built, "nobody knows yet where this machine stands");
    part.assign(Meshes.peers(1, SELF));
    part.step();
    assertEquals("web", requireNonNull(built.getFirst().projects()).getFirst().name());
    part.walls().step();
    assertEquals(3, part.walls().appliedRevision());
  }

  @Test
  void otherWallsAreBuiltWithoutWaitingForTheMesh() throws Exception {
    part.assign(Meshes.peers(1, SELF));
    run(2);
    assertNull(built.getLast().projects(), "nobody said who belongs together");
    part.walls().assign(walls(4, "10.208.16.10"));
    part.walls().step();
    assertEquals(
        List.of("10.208.16.10"), requireNonNull(built.getLast().projects()).getFirst().addresses());
    int before = built.size();
    part.walls().step();
    assertEquals(before, built.size(), "once");
    part.walls().assign(new Assignment.Walls(-1, "", List.of()));
    part.walls().step();
    assertNull(built.getLast().projects(), "a control plane that knows no walls");
  }

  @Test
  void aNodeIsNotProvenWhenTheProbeReachesAProjectsContainer() throws Exception {
    part.assign(Meshes.peers(1, SELF));
    part.walls().assign(walls(4, "10.208.16.10", "10.208.16.11", "10.208.17.10"));
    part.walls().step();
    run(2);
    assertTrue(part.proven());
    probe.open("10.208.16.11", 100);
    run(62);
    assertFalse(part.proven());
    assertTrue(condition("walls").detail().contains("10.208.16.11"));
    probe.shut("10.208.16.11");
    run(2);
    assertTrue(part.proven());
  }

  @Test
  void wallsThatChangeWhereOtherMachinesAreAreBuiltAtOnce() throws Exception {
    part.assign(Meshes.peers(1, SELF));
    part.step();
    assertEquals(List.of(), built.getLast().machines());
    part.assign(Meshes.peers(2, SELF, SECOND, Meshes.peer(3, "[fd00::3]:51820")));
    part.step();
    assertEquals(List.of("10.99.0.12"), built.getLast().machines());
  }
}
