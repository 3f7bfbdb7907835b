package dev.temps.control.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.api.MeshPair;
import dev.temps.control.node.MeshNumbers;
import dev.temps.control.node.Node;
import dev.temps.control.store.StoreTest;
import dev.temps.control.testing.PaperCluster;
import dev.temps.control.testing.PaperMachine;
import dev.temps.kit.ProblemException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AddressBookTest extends StoreTest {
  private PaperCluster cluster;
  private Node node;
  private AddressBook book;

  @BeforeEach
  void oneNode() {
    cluster = new PaperCluster(database);
    node = cluster.join(new PaperMachine(1));
    book = new AddressBook(cluster.time);
  }

  private String assign(String owner) {
    return database.write(h -> book.assign(h, node.id(), owner, null));
  }

  private void release(String owner) {
    database.change(h -> book.release(h, owner));
  }

  @Test
  void givesTheLowestFreeAddressAndTheSameToTheSameOwner() {
    assertEquals("10.208.17.10", assign("a"));
    assertEquals("10.208.17.11", assign("b"));
    assertEquals("10.208.17.10", assign("a"));
  }

  @Test
  void whatOwnersOfOneKindHaveIsGivenBackTogether() {
    assign("run-a");
    assign("c-b");
    assign("run-c");
    database.change(h -> book.releaseAll(h, "run"));
    cluster.time.advance(Duration.ofMinutes(10));
    assertEquals("10.208.17.10", assign("c-d"));
    assertEquals("10.208.17.12", assign("c-e"));
    assertEquals("10.208.17.11", assign("c-b"));
  }

  @Test
  void anAddressRestsTenMinutesAfterItsOwner() {
    assign("a");
    release("a");
    release("a");
    assertEquals("10.208.17.11", assign("b"));
    cluster.time.advance(Duration.ofMinutes(10).minusMillis(1));
    assertEquals("10.208.17.12", assign("c"));
    cluster.time.advance(Duration.ofMillis(1));
    assertEquals("10.208.17.10", assign("d"));
  }

  @Test
  void whatALostControlPlaneMayHaveGivenRestsForADay() {
    assign("a");
    database.change(h -> book.restNext(h, 2));
    assertEquals("10.208.17.13", assign("b"));
    cluster.time.advance(Duration.ofHours(23));
    assertEquals("10.208.17.14", assign("c"));
    cluster.time.advance(Duration.ofHours(2));
    assertEquals("10.208.17.11", assign("d"));
  }

  @Test
  void saysSoWhenTheSubnetIsFull() {
    database.change(h -> {
      for (int i = 10; i <= 254; i++) {
        book.assign(h, node.id(), "o" + i, null);
      }
    });
    ProblemException full = assertThrows(ProblemException.class, () -> assign("one-more"));
    assertEquals("subnet-full", full.problem().type());
  }

  @Test
  void everyNumberOfTheMeshIsWhereItBelongs() {
    assertEquals("10.208.0.1", MeshNumbers.nodeAddress(1));
    assertEquals("10.208.16.0/24", MeshNumbers.subnet(1));
    assertEquals("10.208.14.240", MeshNumbers.nodeAddress(MeshNumbers.INDEX_MAX));
    assertEquals("10.222.255.0/24", MeshNumbers.subnet(MeshNumbers.INDEX_MAX));
    assertEquals("10.208.17.2", MeshNumbers.probeAddress(2));
    assertEquals("02:42:0a:d0:11:0a", MeshNumbers.mac("10.208.17.10"));
  }

  @Test
  void nodesSeeEachOtherButNotThemselves() {
    Node other = cluster.join(new PaperMachine(2));
    List<PeerSpec> roster =
        Peers.roster(cluster.directory.all(), n -> n.equals(other), KeyTurns.NONE);
    List<PeerSpec> seen = Peers.seenBy(node, roster, Paths.DIRECT);
    assertEquals(1, seen.size());
    PeerSpec peer = seen.getFirst();
    assertEquals(other.id(), peer.nodeId());
    assertTrue(peer.ready());
    assertEquals("10.208.18.2", peer.probeAddress());
    assertEquals(25, peer.keepaliveSeconds(), "it is seen under an address it does not have");
  }

  @Test
  void everyPairSaysWhatIsWrong() {
    Node other = cluster.join(new PaperMachine(2));
    List<MeshPair> pairs =
        new MeshStatus(cluster.monitor, () -> Paths.DIRECT).view(List.of(node, other)).pairs();
    assertEquals(2, pairs.size());
    MeshPair pair = pairs.getFirst();
    assertFalse(pair.reachable());
    assertEquals(-1, pair.handshakeAgeMillis());
    assertEquals("worker-2 has not told about this pair yet.", pair.problem());
    assertNull(pair.endpoint());
  }
}
