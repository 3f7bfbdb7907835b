package dev.temps.agent.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.temps.agent.mesh.testing.FakeWireGuard;
import dev.temps.contract.agent.MeshSelf;
import dev.temps.contract.agent.PeerSpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerPlannerTest {
  private static final MeshSelf SELF = Meshes.self(1);
  private static final PeerSpec SECOND = Meshes.peer(2, "10.99.0.12:51820", "192.0.2.2:51820");

  private static DevicePeer device(PeerSpec peer) {
    return new DevicePeer(
        peer.publicKey(),
        "10.99.0.12:51820",
        Set.of(peer.subnet(), peer.address() + "/32"),
        peer.keepaliveSeconds(),
        0,
        0,
        0);
  }

  @Test
  void aNewPeerIsAddedWithItsFirstEndpointAndBothNetworks() {
    assertEquals(
        List.of(
            new PeerChange.Put(
                Meshes.key(2), "10.99.0.12:51820", List.of("10.208.0.2/32", "10.208.17.0/24"), 0)),
        PeerPlanner.plan(SELF, List.of(SECOND), List.of()));
  }

  @Test
  void nothingChangesWhenAllIsAsWanted() {
    assertEquals(List.of(), PeerPlanner.plan(SELF, List.of(SECOND), List.of(device(SECOND))));
  }

  @Test
  void onlyTheNewPeerIsTouchedWhenOneJoins() {
    List<PeerChange> plan =
        PeerPlanner.plan(SELF, List.of(SECOND, Meshes.peer(3)), List.of(device(SECOND)));
    assertEquals(List.of(Meshes.key(3)), plan.stream().map(PeerChange::publicKey).toList());
  }

  @Test
  void aChangedPeerKeepsTheEndpointThatWorks() {
    DevicePeer without = new DevicePeer(Meshes.key(2), "a:1", Set.of(), 25, 0, 0, 0);
    assertEquals(
        List.of(
            new PeerChange.Put(Meshes.key(2), null, List.of("10.208.0.2/32", "10.208.17.0/24"), 0)),
        PeerPlanner.plan(SELF, List.of(SECOND), List.of(without)));
  }

  @Test
  void aRenewedPeerHasItsAddressesBeforeTheOldOneIsDropped() {
    PeerSpec renewed = Meshes.keyed(2, Meshes.key(9));
    List<PeerChange> plan = PeerPlanner.plan(SELF, List.of(renewed), List.of(device(SECOND)));
    assertEquals(Meshes.key(9), plan.getFirst().publicKey());
    assertEquals(new PeerChange.Drop(Meshes.key(2)), plan.getLast());
  }

  @Test
  void aRelayGetsTheAddressesBeforeTheDirectPeerGivesThemUp() {
    PeerSpec third = Meshes.peer(3);
    List<PeerChange> plan =
        PeerPlanner.plan(
            SELF,
            List.of(Meshes.via(SECOND, "n-3"), third),
            List.of(device(SECOND), device(third)));
    List<String> both =
        List.of("10.208.0.2/32", "10.208.17.0/24", "10.208.0.3/32", "10.208.18.0/24");
    assertEquals(
        List.of(
            new PeerChange.Put(Meshes.key(3), null, both, 0),
            new PeerChange.Put(Meshes.key(2), null, List.of(), 5)),
        plan);
  }

  @Test
  void theWayBackGivesThePeerItsAddressesFirst() {
    FakeWireGuard device = new FakeWireGuard();
    device.ensure(SELF);
    List<PeerSpec> relayed = List.of(Meshes.via(SECOND, "n-3"), Meshes.peer(3));
    PeerPlanner.plan(SELF, relayed, device.peers()).forEach(device::apply);
    assertEquals(List.of(), PeerPlanner.plan(SELF, relayed, device.peers()));
    List<PeerSpec> direct = List.of(SECOND, Meshes.peer(3));
    List<PeerChange> back = PeerPlanner.plan(SELF, direct, device.peers());
    assertEquals(
        List.of(Meshes.key(2), Meshes.key(3)), back.stream().map(PeerChange::publicKey).toList());
    back.forEach(device::apply);
    assertEquals(List.of(), PeerPlanner.plan(SELF, direct, device.peers()));
  }

  @Test
  void aRelayThatIsItselfRelayedOrUnknownIsNotUsed() {
    PeerSpec second = Meshes.via(SECOND, "n-3");
    PeerSpec third = Meshes.via(Meshes.peer(3), "n-2");
    List<PeerChange> circle = PeerPlanner.plan(SELF, List.of(second, third), List.of());
    assertEquals(PeerPlanner.plan(SELF, List.of(SECOND, Meshes.peer(3)), List.of()), circle);
    PeerSpec nowhere = Meshes.via(SECOND, "n-9");
    assertEquals(
        PeerPlanner.plan(SELF, List.of(SECOND), List.of()),
        PeerPlanner.plan(SELF, List.of(nowhere), List.of()));
  }

  @Test
  void aPeerThatIsAboutToTurnIsKnownByBothKeysAndKeepsItsAddressesWithTheOneItUses() {
    FakeWireGuard device = new FakeWireGuard();
    device.ensure(SELF);
    String next = Meshes.key(9);
    List<PeerSpec> turning = List.of(Meshes.turning(SECOND, next));
    PeerPlanner.plan(SELF, List.of(SECOND), device.peers()).forEach(device::apply);
    List<PeerChange> both = PeerPlanner.plan(SELF, turning, device.peers());
    assertEquals(List.of(new PeerChange.Put(next, "10.99.0.12:51820", List.of(), 0)), both);
    both.forEach(device::apply);
    assertEquals(List.of(), PeerPlanner.plan(SELF, turning, device.peers()));
    device.shake(next, 7);
    List<PeerChange> turned = PeerPlanner.plan(SELF, turning, device.peers());
    assertEquals(
        new PeerChange.Put(next, null, List.of("10.208.0.2/32", "10.208.17.0/24"), 0),
        turned.getFirst());
    turned.forEach(device::apply);
    assertEquals(List.of(), PeerPlanner.plan(SELF, turning, device.peers()));
    List<PeerSpec> after = List.of(Meshes.keyed(2, next, "10.99.0.12:51820"));
    assertEquals(
        List.of(new PeerChange.Drop(SECOND.publicKey())),
        PeerPlanner.plan(SELF, after, device.peers()));
  }

  @Test
  void peersWithFiguresThatCanNotBeAreLeftOut() {
    List<PeerSpec> bad =
        List.of(
            Meshes.peer(1), // our own addresses
            Meshes.keyed(2, "-h"), // not a key
            with("10.208.0.3", "10.0.0.0/8"), // beyond the pool
            with("10.208.0.3", "10.208.0.0/24"), // where nodes live
            with("10.208.0.3", "10.208.16.0/24"), // our containers
            with("192.0.2.1", "10.208.18.0/24"), // no node address
            with("nonsense", "10.208.18.0/24"));
    assertEquals(List.of(), PeerPlanner.plan(SELF, bad, List.of()));
  }

  private static PeerSpec with(String address, String subnet) {
    return new PeerSpec(
        "n-3",
        "three",
        Meshes.key(3),
        address,
        subnet,
        List.of(),
        "10.208.18.2",
        0,
        true,
        null,
        null);
  }

  @Test
  void endpointsThatAreNoAddressesAreNotTried() {
    PeerSpec peer =
        Meshes.peer(
            2, "host.example:51820", "10.99.0.12", "--x:1", "[2001:db8::1]:51820", "1.2.3.4:5");
    assertEquals(List.of("[2001:db8::1]:51820", "1.2.3.4:5"), PeerPlanner.candidates(peer));
  }
}
