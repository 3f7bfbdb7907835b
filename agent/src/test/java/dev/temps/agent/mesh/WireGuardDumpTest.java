package dev.temps.agent.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WireGuardDumpTest {
  @Test
  void aDumpIsReadWithoutThePrivateKey() {
    WireGuardDump dump =
        WireGuardDump.parse(
            """
            cHJpdmF0ZQ==\tcHVibGlj\t51820\toff
            QQ==\t(none)\t10.99.0.12:51820\t10.208.0.2/32,10.208.17.0/24\t1700000000\t5\t7\toff
            Qg==\t(none)\t(none)\t(none)\t0\t0\t0\t25
            """);
    assertEquals("cHVibGlj", dump.publicKey());
    assertEquals(51_820, dump.port());
    assertEquals(
        List.of(
            new DevicePeer(
                "QQ==",
                "10.99.0.12:51820",
                Set.of("10.208.0.2/32", "10.208.17.0/24"),
                0,
                1_700_000_000L,
                5,
                7),
            new DevicePeer("Qg==", null, Set.of(), 25, 0, 0, 0)),
        dump.peers());
    assertFalse(dump.toString().contains("cHJpdmF0ZQ"));
  }

  @Test
  void aDeviceWithoutAKeyIsRead() {
    assertEquals("(none)", WireGuardDump.parse("(none)\t(none)\t0\toff\n").publicKey());
  }
}
