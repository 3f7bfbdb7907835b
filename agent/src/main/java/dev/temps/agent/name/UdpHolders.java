package dev.temps.agent.name;

import dev.temps.agent.host.PortOwners;
import dev.temps.agent.host.PortOwners.Owner;
import dev.temps.agent.host.SocketTable;
import dev.temps.agent.host.SocketTable.Bound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which UDP ports programs of this machine serve from outside on. Those the kernel hands out to
 * whoever only asks something are nobody's for long and don't count.
 */
final class UdpHolders {
  private final Path proc;

  /** Looks below {@code proc}, ordinarily {@code /proc}. */
  UdpHolders(Path proc) {
    this.proc = proc;
  }

  /** Who has one of these ports, by port. */
  Map<Integer, String> of(Set<Integer> ports) {
    if (ports.isEmpty()) {
      return Map.of();
    }
    int handedOut = firstHandedOut();
    Map<Integer, String> holders = new TreeMap<>();
    Stream.of("net/udp", "net/udp6")
        .flatMap(table -> SocketTable.bound(text(table)).stream())
        .filter(b -> ports.contains(b.port()) && b.port() < handedOut && hearsOutside(b))
        .forEach(b -> holders.computeIfAbsent(b.port(), _ -> owner(b)));
    return holders;
  }

  private int firstHandedOut() {
    Path range = proc.resolve("sys/net/ipv4/ip_local_port_range");
    try {
      // Line by line: the kernel gives such a file in one piece, and readString asks for one byte.
      return Integer.parseInt(Files.readAllLines(range).getFirst().strip().split("\\s+")[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(range + " can't be read", e);
    }
  }

  /** On all addresses, or one of the fourth version that isn't 127.… as the kernel writes it. */
  private static boolean hearsOutside(Bound socket) {
    String address = socket.address();
    return socket.everywhere() || (address.length() == 8 && !address.endsWith("7F"));
  }

  private String owner(Bound socket) {
    return new PortOwners(proc).of(socket.inode()).map(Owner::toString).orElse("another program");
  }

  private String text(String name) {
    Path file = proc.resolve(name);
    try {
      return Files.exists(file) ? Files.readString(file) : ""; // no such address family here
    } catch (IOException e) {
      throw new UncheckedIOException(file + " can't be read", e);
    }
  }
}
