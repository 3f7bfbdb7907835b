package dev.temps.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.agent.api.AgentApi;
import dev.temps.agent.api.ControlDesk;
import dev.temps.agent.journal.Journal;
import dev.temps.agent.runtime.testing.FakeRuntime;
import dev.temps.agent.snapshot.SnapshotShelf;
import dev.temps.contract.agent.Assignment;
import dev.temps.contract.agent.HostFacts;
import dev.temps.contract.tls.Contexts;
import dev.temps.contract.tls.Identity;
import dev.temps.contract.tls.OwnKey;
import dev.temps.contract.tls.PeerTrust;
import dev.temps.control.backup.MeshCourier;
import dev.temps.control.backup.Snapshots;
import dev.temps.control.node.Availability;
import dev.temps.control.node.Node;
import dev.temps.control.secret.CertificateAuthority;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.Database;
import dev.temps.control.store.DatabaseConfig;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control plane's courier and the agent's desk, over real mutual TLS. */
class SnapshotTravelsTest {
  private static final Time TIME = Time.system();
  private static final int BYTES = 300_000;

  @TempDir Path folder;
  private CertificateAuthority authority;
  private Journal journal;
  private AgentApi agent;
  private MeshCourier courier;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    try (Database database = Database.open(new DatabaseConfig.Sqlite(folder.resolve("temps.db")))) {
      Vault vault = Vault.open(folder.resolve("key"), database, TIME, Ids.secure(), null).vault();
      database.change(h -> CertificateAuthority.create(h, vault, "k-1", TIME));
      authority = database.read(h -> CertificateAuthority.load(h, vault, "k-1", TIME));
    }
    journal = Journal.open(folder.resolve("assignment.json"), TIME);
    journal.accept(new Assignment("k-1", 3, List.of(), null, null, null, null, null));
    KeyPair keys = CertificateAuthority.newKey();
    OwnKey own =
        new OwnKey(keys.getPrivate(), List.of(authority.issueNode("n-1", keys.getPublic())));
    agent =
        new AgentApi(
            new FakeRuntime(TIME),
            List::of,
            TIME,
            Contexts.of(
                own,
                new PeerTrust(
                    authority::bundle, new Identity.Control("k-1")::equals, TIME::now, false)));
    SnapshotShelf shelf = new SnapshotShelf(folder.resolve("snapshots"), BYTES);
    agent.also(new ControlDesk(journal, shelf, () -> {}));
    agent.serve("127.0.0.1", 0);
    KeyPair control = CertificateAuthority.newKey();
    OwnKey ours =
        new OwnKey(
            control.getPrivate(),
            List.of(authority.issueControl(List.of("127.0.0.1"), control.getPublic())));
    courier =
        new MeshCourier(
            id ->
                Contexts.of(
                    ours,
                    new PeerTrust(
                        authority::bundle, new Identity.Node("k-1", id)::equals, TIME::now, false)),
            agent.port());
    node = node();
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  private static Node node() {
    HostFacts host =
        new HostFacts("h", "linux", "6", "amd64", 1, 1, 1, "20", "userspace", "v1", List.of());
    return new Node(
        "n-1",
        "worker-1",
        2,
        "127.0.0.1",
        "",
        "",
        "",
        1,
        List.of(),
        Availability.active,
        Map.of(),
        Map.of(),
        true,
        false,
        host,
        "1",
        1,
        null,
        0,
        null,
        null,
        null,
        1);
  }

  private Snapshots.Taken snapshot(int bytes) throws Exception {
    Path file = folder.resolve("latest.snapshot");
    Files.write(file, new byte[bytes]);
    return new Snapshots.Taken(file, 7, bytes);
  }

  @Test
  void aSnapshotArrivesWhole() throws Exception {
    courier.send(node, snapshot(BYTES), 3);
    try (var kept = Files.list(folder.resolve("snapshots"))) {
      assertEquals(List.of((long) BYTES), kept.map(f -> f.toFile().length()).toList());
    }
    assertEquals(3, courier.epochSeen(node, 3));
    assertEquals(5, courier.epochSeen(node, 5), "it has heard of the newer one");
  }

  @Test
  void refusalsArriveInWords() throws Exception {
    assertEquals("epoch-lower", refusal(snapshot(10), 2));
    assertEquals("snapshot-too-large", refusal(snapshot(BYTES + 1), 3));
    ProblemException missing =
        assertThrows(ProblemException.class, () -> courier.discard(node, "c-1"));
    assertEquals("not-unclaimed", missing.problem().type());
    agent.close();
    assertEquals("agent-unreachable", refusal(snapshot(10), 3));
  }

  private String refusal(Snapshots.Taken snapshot, long epoch) {
    return assertThrows(ProblemException.class, () -> courier.send(node, snapshot, epoch))
        .problem()
        .type();
  }
}
