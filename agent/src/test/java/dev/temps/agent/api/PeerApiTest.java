package dev.temps.agent.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.agent.snapshot.SnapshotFetch;
import dev.temps.agent.snapshot.SnapshotShelf;
import dev.temps.agent.testing.TestCa;
import dev.temps.contract.agent.PeerSpec;
import dev.temps.contract.agent.SnapshotHeld;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.OwnKey;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots go from node to node over real mutual TLS. */
class PeerApiTest {
  private static final TestCa CA = new TestCa("k-test");
  private static final TestCa STRANGER = new TestCa("k-other");

  @TempDir private Path theirs;
  @TempDir private Path ours;
  private SnapshotShelf kept;
  private SnapshotShelf shelf;
  private PeerApi api;

  @BeforeEach
  void start() throws IOException {
    kept = new SnapshotShelf(theirs.resolve("snapshots"), 1 << 20);
    shelf = new SnapshotShelf(ours.resolve("snapshots"), 1 << 20);
    api = new PeerApi(kept, of(CA, "n-1", Set.of("n-2")));
    api.serve("127.0.0.1", 0);
  }

  @AfterEach
  void end() {
    api.close();
  }

  private static SSLContext of(TestCa ca, String self, Set<String> accepted) {
    KeyPair pair = TestCa.pair();
    var leaf = ca.issue(pair.getPublic(), new Identity.Node(ca.cluster, self));
    PeerTrust trust =
        new PeerTrust(
            () -> List.of(CA.certificate, STRANGER.certificate),
            who -> who instanceof Identity.Node n && accepted.contains(n.nodeId()),
            Time.system()::now,
            false);
    return Contexts.of(new OwnKey(pair.getPrivate(), List.of(leaf, ca.certificate)), trust);
  }

  private static PeerSpec peer(String id, String name, String address) {
    return new PeerSpec(
        id, name, "key", address, "10.208.17.0/24", List.of(), "", 0, true, null, null);
  }

  private SnapshotFetch fetch(String self) {
    return new SnapshotFetch(id -> of(CA, self, Set.of(id)), api.port());
  }

  private static void keep(SnapshotShelf shelf, long epoch, long at, String text) {
    shelf.keep(epoch, at, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static final PeerSpec THERE = peer("n-1", "worker-1", "127.0.0.1");

  @Test
  void theNewestSnapshotOfANodeIsFetchedAndKept() throws IOException {
    keep(kept, 1, 2000, "old epoch, later");
    keep(kept, 2, 1000, "new epoch");
    Optional<SnapshotFetch.Fetched> fetched = fetch("n-2").newest(List.of(THERE), shelf);
    assertEquals(
        Optional.of(new SnapshotFetch.Fetched("worker-1", new SnapshotHeld(2, 1000, 9))), fetched);
    assertEquals("new epoch", Files.readString(shelf.list().getFirst()));
  }

  @Test
  void nothingIsFetchedThatIsNoNewerThanWhatIsHere() throws IOException {
    keep(kept, 2, 1000, "theirs");
    keep(shelf, 2, 1000, "ours");
    assertEquals(Optional.empty(), fetch("n-2").newest(List.of(THERE), shelf));
    assertEquals("ours", Files.readString(shelf.list().getFirst()));
  }

  @Test
  void aDeadNodeDoesNotKeepALivingOneFromGivingItsSnapshot() throws IOException {
    keep(kept, 2, 1000, "theirs");
    PeerSpec dead = peer("n-3", "worker-3", "127.0.0.3"); // nobody listens there
    assertTrue(fetch("n-2").newest(List.of(dead, THERE), shelf).isPresent());
  }

  @Test
  void whenNoNodeHasOneItIsSaidOfEachWhy() {
    PeerSpec dead = peer("n-3", "worker-3", "127.0.0.3");
    ProblemException refused =
        assertThrows(
            ProblemException.class, () -> fetch("n-2").newest(List.of(THERE, dead), shelf));
    String detail = refused.problem().detail();
    assertTrue(detail.contains("worker-1 keeps none"), detail);
    assertTrue(detail.contains("worker-3 (127.0.0.3)"), detail);
  }

  @Test
  void aNodeThatIsNoPeerAndANodeOfAnotherClusterAreTurnedAway() {
    keep(kept, 2, 1000, "theirs");
    for (SnapshotFetch who :
        List.of(
            fetch("n-9"), new SnapshotFetch(id -> of(STRANGER, "n-9", Set.of(id)), api.port()))) {
      assertThrows(ProblemException.class, () -> who.newest(List.of(THERE), shelf));
    }
    assertEquals(List.of(), listed());
  }

  private List<Path> listed() {
    try {
      return shelf.list();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNodeIsMeantByNameAddressOrUrl() {
    List<PeerSpec> all = List.of(peer("n-1", "a", "10.208.0.1"), peer("n-2", "b", "10.208.0.2"));
    assertEquals(all, SnapshotFetch.chosen(all, "any"));
    for (String wished : List.of("b", "10.208.0.2", "https://10.208.0.2:7444", "https://b/")) {
      assertEquals(all.subList(1, 2), SnapshotFetch.chosen(all, wished), wished);
    }
    ProblemException unknown =
        assertThrows(ProblemException.class, () -> SnapshotFetch.chosen(all, "$(c);"));
    assertTrue(unknown.problem().next().contains("a, b"), unknown.problem().next());
  }
}
