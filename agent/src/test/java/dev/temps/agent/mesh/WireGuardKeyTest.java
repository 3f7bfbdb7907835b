package dev.temps.agent.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.temps.kit.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireGuardKeyTest {
  @TempDir Path folder;

  @Test
  void thePublicKeyIsTheOneWireGuardComputes() throws IOException {
    Path file = folder.resolve("wireguard.key");
    Files.writeString(file, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"); // bytes 0 to 31
    assertEquals(
        "j0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8=",
        WireGuardKey.loadOrCreate(file).publicKey());
  }

  @Test
  void aKeyIsMadeOnceAndReadBackAfterwards() throws IOException {
    Path file = folder.resolve("wireguard.key");
    WireGuardKey made = WireGuardKey.loadOrCreate(file);
    assertEquals(made, WireGuardKey.loadOrCreate(file));
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
  }

  @Test
  void twoKeysDiffer() {
    assertNotEquals(WireGuardKey.generate().publicKey(), WireGuardKey.generate().publicKey());
  }

  @Test
  void thePrivateKeyIsNotPrinted() {
    WireGuardKey key = WireGuardKey.generate();
    assertFalse(key.toString().contains(key.privateKey().reveal()));
  }

  @Test
  void aFileWithSomethingElseIsRefusedByName() throws IOException {
    Path file = folder.resolve("wireguard.key");
    for (String content : new String[] {"", "hello", "AP8="}) {
      Files.writeString(file, content);
      ProblemException refused =
          assertThrows(ProblemException.class, () -> WireGuardKey.loadOrCreate(file));
      assertEquals("wireguard-key", refused.problem().type());
    }
  }
}
