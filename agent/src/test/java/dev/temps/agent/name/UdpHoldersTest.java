package dev.temps.agent.name;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UdpHoldersTest {
  private static final String OTHER = "another program";

  @TempDir Path proc;

  @BeforeEach
  void kernel() throws IOException {
    Files.createDirectories(proc.resolve("sys/net/ipv4"));
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(proc.resolve("sys/net/ipv4/ip_local_port_range"), "32768\t60999\n");
    Files.writeString(
        proc.resolve("net/udp"),
        """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid
        """
            + bound("00000000", 5000)
            + bound("0100007F", 5001)
            + bound("0B00630A", 5002)
            + bound("00000000", 40_000));
    Files.writeString(
        proc.resolve("net/udp6"),
        bound("00000000000000000000000000000000", 5003)
            + bound("00000000000000000000000001000000", 5004));
  }

  private static String bound(String address, int port) {
    return " 1: %s:%04X %s:0000 07 00000000:00000000 00:00000000 00000000 0 0 4711 2 0 0\n"
        .formatted(address, port, address);
  }

  @Test
  void whoHearsTheOutsideOnAPortHasIt() {
    assertEquals(
        Map.of(5000, OTHER, 5002, OTHER, 5003, OTHER),
        new UdpHolders(proc).of(Set.of(5000, 5001, 5002, 5003, 5004, 5005)));
    assertEquals(Map.of(), new UdpHolders(proc).of(Set.of()));
  }

  @Test
  void portsTheKernelHandsOutAreNobodysForLong() {
    assertEquals(Map.of(), new UdpHolders(proc).of(Set.of(40_000)));
  }
}
