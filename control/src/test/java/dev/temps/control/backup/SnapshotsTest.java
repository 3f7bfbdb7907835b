package dev.temps.control.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.control.secret.Recovered;
import dev.temps.control.secret.Vault;
import dev.temps.control.store.Settings;
import dev.temps.control.store.StoreTest;
import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import dev.temps.kit.testing.FakeTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotsTest extends StoreTest {
  private static final int PIECES_OF_A_BIG_STORE = 200;

  private final FakeTime time = new FakeTime(Instant.parse("2026-05-01T12:00:00Z"));
  private Vault vault;
  private Secret recoveryKey;
  private Snapshots snapshots;

  @BeforeEach
  void makeCluster() throws IOException {
    Vault.Opened opened =
        Vault.open(folder.resolve("master.key"), database, time, Ids.secure(), null);
    Vault.Fresh fresh = opened.fresh();
    assertNotNull(fresh);
    vault = opened.vault();
    database.change(h -> vault.keep(h, fresh));
    recoveryKey = fresh.recoveryKey();
    Files.writeString(folder.resolve("serve.json"), "{\"domain\":\"apps.example.org\"}");
    Path agent = Files.createDirectory(folder.resolve("agent"));
    for (String name : Pieces.AGENT_FILES) {
      Files.writeString(agent.resolve(name), "content of " + name);
    }
    node("c-1");
    snapshots = snapshots(folder.resolve("snapshot"));
  }

  private void node(String cluster) throws IOException {
    Files.writeString(
        folder.resolve("agent/node.json"), "{\"cluster\":\"" + cluster + "\",\"id\":\"n-1\"}");
  }

  private Snapshots snapshots(Path into) {
    return new Snapshots(
        new Snapshots.Cluster("c-1", 3, "1.2.3"),
        database,
        vault,
        new Snapshots.Places(into, folder.resolve("serve.json"), folder.resolve("agent")),
        time);
  }

  private Recovered key(SnapshotFile file) {
    return Recovered.open(file.header().envelope(), recoveryKey);
  }

  private Map<String, byte[]> pieces(Path path) throws IOException {
    SnapshotFile file = SnapshotFile.open(path);
    Map<String, byte[]> all = new TreeMap<>();
    file.extract(key(file), (name, in) -> all.put(name, in.readAllBytes()));
    return all;
  }

  @Test
  void holdsAllThatAnotherMachineNeedsAndOpensWithTheRecoveryKeyAlone() throws IOException {
    Path file = snapshots.take().file();
    SnapshotHeader header = SnapshotFile.open(file).header();
    assertEquals("c-1", header.cluster());
    assertEquals(3, header.epoch());
    assertEquals("1.2.3", header.version());
    Map<String, byte[]> pieces = pieces(file);
    assertEquals(kind == Kind.SQLITE, pieces.containsKey(Pieces.STORE));
    assertEquals(kind == Kind.SQLITE, header.hasStore());
    assertEquals(
        "content of wireguard.key",
        new String(pieces.get(Pieces.AGENT + "wireguard.key"), StandardCharsets.UTF_8));
    assertArrayEquals(Files.readAllBytes(folder.resolve("serve.json")), pieces.get(Pieces.SERVE));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertFalse(
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("content of"));
  }

  @Test
  void anAgentOfAnotherClusterStaysOut() throws IOException {
    node("c-2");
    assertFalse(pieces(snapshots.take().file()).containsKey(Pieces.AGENT + "wireguard.key"));
  }

  @Test
  void everyFlippedBitAndEveryCutIsFound() throws IOException {
    for (int i = 0; i < PIECES_OF_A_BIG_STORE; i++) {
      String name = "noise." + i;
      database.change(h -> Settings.put(h, name, Ids.secure().secret().repeat(20)));
    }
    byte[] whole = Files.readAllBytes(snapshots.take().file());
    Path bad = folder.resolve("bad.snapshot");
    for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 150)) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      refused(bad, flipped, "bit flipped at " + at);
      refused(bad, Arrays.copyOf(whole, at), "cut at " + at);
    }
    refused(bad, Arrays.copyOf(whole, whole.length - 1), "last byte cut");
    refused(bad, Arrays.copyOf(whole, whole.length + 1), "a byte more");
  }

  private void refused(Path file, byte[] content, String what) throws IOException {
    Files.write(file, content);
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> {
              SnapshotFile snapshot = SnapshotFile.open(file);
              snapshot.check(key(snapshot));
            },
            what);
    assertTrue(
        refusal.problem().type().equals("snapshot-damaged")
            || refusal.problem().type().equals("snapshot-foreign"),
        () -> what + ": " + refusal.getMessage());
  }

  @Test
  void anotherRecoveryKeyIsNotMistakenForDamage() {
    SnapshotFile file = SnapshotFile.open(snapshots.take().file());
    ProblemException refusal =
        assertThrows(
            ProblemException.class,
            () -> Recovered.open(file.header().envelope(), new Secret("temps-recovery-other")));
    assertEquals("invalid-recovery-key", refusal.problem().type());
  }

  @Test
  void aSnapshotThatCanNotBeWrittenLeavesTheOneBefore() throws IOException {
    Snapshots.Taken first = snapshots.take();
    byte[] before = Files.readAllBytes(first.file());
    Files.delete(folder.resolve("serve.json"));
    time.advance(java.time.Duration.ofMinutes(1));
    ProblemException refusal = assertThrows(ProblemException.class, snapshots::take);
    assertEquals(507, refusal.problem().status());
    assertTrue(refusal.problem().detail().contains("2026-05-01T12:00:00Z"), refusal::toString);
    assertArrayEquals(before, Files.readAllBytes(first.file()));
    try (var left = Files.list(folder.resolve("snapshot"))) {
      assertEquals(1, left.count());
    }
    assertEquals(first, snapshots.latest().orElseThrow());
  }

  @Test
  void aFullDiskIsSaidInWords() {
    Path full = Path.of("/dev/full/snapshot"); // not a folder: as unwritable as a full disk
    ProblemException refusal = assertThrows(ProblemException.class, () -> snapshots(full).take());
    assertEquals("snapshot-not-written", refusal.problem().type());
    assertTrue(refusal.problem().detail().contains("There is none yet"), refusal::toString);
  }

  @Test
  void ofAFolderTheNewestIsTaken() throws IOException {
    Path taken = snapshots.take().file();
    Path many = Files.createDirectory(folder.resolve("many"));
    Files.copy(taken, many.resolve("0000001.snapshot"));
    Files.copy(taken, many.resolve("0000002.snapshot"));
    assertEquals(many.resolve("0000002.snapshot"), SnapshotFile.open(many).path());
    ProblemException none =
        assertThrows(
            ProblemException.class, () -> SnapshotFile.open(folder.resolve("none.snapshot")));
    assertEquals("no-snapshot", none.problem().type());
  }
}
