package dev.temps.agent.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
  @TempDir private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void place() {
    file = folder.resolve("wireguard.key");
  }

  private KeyRing again() throws IOException {
    return new KeyRing(file);
  }

  @Test
  void theNextKeyIsOnDiskForItsOwnerOnlyBeforeAnybodyHearsOfIt() throws IOException {
    KeyRing ring = again();
    String before = ring.current().publicKey();
    ring.prepare();
    String next = Objects.requireNonNull(ring.next()).publicKey();
    ring.prepare();
    assertEquals(next, Objects.requireNonNull(ring.next()).publicKey(), "made once");
    assertEquals(next, Objects.requireNonNull(again().next()).publicKey(), "also after a crash");
    assertEquals(before, again().current().publicKey());
    Path kept = folder.resolve("wireguard.key.next");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
  }

  @Test
  void afterTheTurnTheNextKeyIsTheOneInUseAlsoAfterAStart() throws IOException {
    KeyRing ring = again();
    ring.prepare();
    String next = Objects.requireNonNull(ring.next()).publicKey();
    ring.turn();
    ring.turn();
    assertEquals(next, ring.current().publicKey());
    assertNull(ring.next());
    assertEquals(next, again().current().publicKey());
    assertNull(again().next());
  }

  @Test
  void aTurnThatWasCutShortIsFinishedByTheNextStart() throws IOException {
    KeyRing ring = again();
    ring.prepare();
    String next = Objects.requireNonNull(ring.next()).publicKey();
    Files.copy(
        folder.resolve("wireguard.key.next"),
        file,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    KeyRing after = again();
    assertEquals(next, after.current().publicKey());
    assertNull(after.next());
    assertFalse(Files.exists(folder.resolve("wireguard.key.next")));
    after.prepare();
    assertNotEquals(next, Objects.requireNonNull(after.next()).publicKey());
  }
}
