package dev.temps.agent.name;

import dev.temps.agent.host.PortOwners;
import dev.temps.agent.host.SocketTable;
import dev.temps.agent.host.SocketTable.Bound;
import dev.temps.agent.mesh.Cidr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at this machine's programs and sockets. */
final class DnsmasqProgram implements Dnsmasq {
  private static final int DNS = 53;
  private static final Path NET = Path.of("/proc/net");
  private static final List<String> PATH =
      List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

  @Override
  public boolean installed() {
    return PATH.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, "dnsmasq")));
  }

  @Override
  public boolean hasAddress(String address) {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.ofLiteral(address)) != null;
    } catch (IOException e) {
      return false; // the kernel's list changed under us: the next look tells
    }
  }

  @Override
  public Optional<Holder> holder(String address) {
    List<Bound> all = new ArrayList<>(bound(address, "udp", "udp6"));
    all.addAll(bound(address, "tcp", "tcp6"));
    return all.stream()
        .min(Comparator.comparing(Bound::everywhere)) // who has the address itself gets the packets
        .map(DnsmasqProgram::holder);
  }

  private static Holder holder(Bound socket) {
    return new PortOwners(Path.of("/proc"))
        .of(socket.inode())
        .map(owner -> new Holder(owner.pid(), owner.toString()))
        .orElseGet(() -> new Holder(0, "a process that can't be seen from here"));
  }

  private static List<Bound> bound(String address, String... tables) {
    // The kernel writes the four octets as one number of this machine's byte order.
    String hex =
        String.format(Locale.ROOT, "%08X", Integer.reverseBytes((int) Cidr.address(address)));
    return Stream.of(tables)
        .flatMap(table -> SocketTable.bound(text(NET.resolve(table))).stream())
        .filter(b -> b.port() == DNS && (b.everywhere() || b.address().equals(hex)))
        .toList();
  }

  private static String text(Path table) {
    try {
      return Files.exists(table) ? Files.readString(table) : ""; // no such address family here
    } catch (IOException e) {
      throw new UncheckedIOException(table + " can't be read", e);
    }
  }
}
