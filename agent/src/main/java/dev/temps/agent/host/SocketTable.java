package dev.temps.agent.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sockets of the kernel's tables {@code /proc/net/tcp}, {@code tcp6}, {@code udp}, {@code udp6}.
 */
public final class SocketTable {
  private static final String LISTENING = "0A"; // TCP_LISTEN
  private static final String UNCONNECTED = "07"; // what a bound UDP socket shows

  private SocketTable() {}

  /**
   * One bound socket.
   *
   * @param address in the kernel's hexadecimal
   */
  public record Bound(String address, int port, String inode) {
    /** Whether it takes the port on every address. */
    public boolean everywhere() {
      return address.chars().allMatch(c -> c == '0');
    }
  }

  /** Listening TCP or bound UDP sockets in a table. Pure; lines it can't read are left out. */
  public static List<Bound> bound(String table) {
    List<Bound> all = new ArrayList<>();
    for (String line : table.split("\n")) {
      String[] words = line.strip().split("\\s+");
      if (words.length > 9 && (words[3].equals(LISTENING) || words[3].equals(UNCONNECTED))) {
        parse(words[1], words[9]).ifPresent(all::add);
      }
    }
    return all;
  }

  private static Optional<Bound> parse(String local, String inode) {
    String[] halves = local.split(":");
    try {
      return halves.length == 2
          ? Optional.of(new Bound(halves[0], Integer.parseInt(halves[1], 16), inode))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty(); // The table's heading.
    }
  }
}
