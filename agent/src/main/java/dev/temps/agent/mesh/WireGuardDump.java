package dev.temps.agent.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What {@code wg show DEVICE dump} said. The private key in its first line is not kept.
 *
 * @param publicKey of the device, {@code (none)} before it has a key
 * @param port it listens on
 */
record WireGuardDump(String publicKey, int port, List<DevicePeer> peers) {
  private static final String NONE = "(none)";

  /** Parses the dump; lines of an unknown form are left out. */
  static WireGuardDump parse(String text) {
    String publicKey = NONE;
    int port = 0;
    List<DevicePeer> peers = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] fields = line.split("\t", -1);
      if (fields.length == 4) {
        publicKey = fields[1];
        port = Integer.parseInt(fields[2]);
      } else if (fields.length == 8) {
        peers.add(peer(fields));
      }
    }
    return new WireGuardDump(publicKey, port, List.copyOf(peers));
  }

  private static DevicePeer peer(String[] fields) {
    return new DevicePeer(
        fields[0],
        fields[2].equals(NONE) ? null : fields[2],
        fields[3].equals(NONE) ? Set.of() : Set.of(fields[3].split(",")),
        fields[7].equals("off") ? 0 : Integer.parseInt(fields[7]),
        Long.parseLong(fields[4]),
        Long.parseLong(fields[5]),
        Long.parseLong(fields[6]));
  }
}
