package dev.temps.control.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.kit.Ids;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
  private final Sealer sealer = MasterKey.random().sealer();

  @Test
  void opensWhatItSealedUnderTheSameName() {
    String sealed = sealer.seal("env/d-1", new Secret("PASSWORD=hüsh"));
    assertFalse(sealed.contains("PASSWORD"));
    assertEquals("PASSWORD=hüsh", sealer.open("env/d-1", sealed).reveal());
    assertNotEquals(sealed, sealer.seal("env/d-1", new Secret("PASSWORD=hüsh")));
  }

  @Test
  void opensNothingUnderAnotherNameOrKeyOrWithChangedBytes() {
    String sealed = sealer.seal("a", new Secret("text"));
    assertThrows(SealBrokenException.class, () -> sealer.open("b", sealed));
    Sealer other = MasterKey.random().sealer();
    assertThrows(SealBrokenException.class, () -> other.open("a", sealed));
    char[] bent = sealed.toCharArray();
    bent[20] = bent[20] == 'A' ? 'B' : 'A';
    assertThrows(SealBrokenException.class, () -> sealer.open("a", new String(bent)));
    for (String junk : new String[] {"", "s1.", "s1.!!", "s2.AAAA", "s1.AAAA"}) {
      assertThrows(SealBrokenException.class, () -> sealer.open("a", junk), junk);
    }
  }

  @Test
  void theRecoveryKeyOpensTheEnvelopeAndNoOtherDoes() {
    MasterKey key = MasterKey.random();
    Secret recovery = MasterKey.newRecoveryKey(Ids.secure());
    String envelope = key.envelope(recovery);
    String sealed = key.sealer().seal("x", new Secret("y"));
    assertEquals("y", MasterKey.open(envelope, recovery).sealer().open("x", sealed).reveal());
    ProblemException refused =
        assertThrows(
            ProblemException.class, () -> MasterKey.open(envelope, new Secret("temps-recovery-x")));
    assertEquals("invalid-recovery-key", refused.problem().type());
  }

  @Test
  void saysSoWhenTheKeyFileHoldsNoKey(@TempDir Path folder) throws Exception {
    for (String text :
        new String[] {"", "hello", "temps-master-key-1 ", "temps-master-key-1 AAAA"}) {
      Path file = Files.writeString(folder.resolve("master.key"), text);
      ProblemException refused =
          assertThrows(ProblemException.class, () -> MasterKey.read(file), text);
      assertEquals("master-key-unreadable", refused.problem().type());
    }
  }

  @Test
  void hashesMatchTheirTokenOnly() {
    String hash = Hashes.of(new Secret("a"));
    assertTrue(Hashes.matches(new Secret("a"), hash));
    assertFalse(Hashes.matches(new Secret("b"), hash));
  }
}
