package dev.temps.agent.host;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses of this machine's own interfaces. Stateless. */
public final class OwnAddresses {
  private static final Pattern NOT_OWN =
      Pattern.compile("lo|docker.*|temps.*|veth.*|br-.*|virbr.*");

  private OwnAddresses() {}

  /** One interface as the kernel lists it. */
  record Nic(String name, List<InetAddress> addresses) {}

  /** All of them, IPv4 first, without Docker's, the mesh's, loopback and link-local ones. */
  public static List<String> list() {
    List<Nic> nics = new ArrayList<>();
    try {
      for (NetworkInterface nic : NetworkInterface.networkInterfaces().toList()) {
        if (nic.isUp()) {
          nics.add(new Nic(nic.getName(), nic.inetAddresses().toList()));
        }
      }
    } catch (SocketException e) {
      return List.of(); // No network at all: then there is no address.
    }
    return own(nics);
  }

  static List<String> own(List<Nic> nics) {
    return nics.stream()
        .filter(n -> !NOT_OWN.matcher(n.name()).matches())
        .flatMap(n -> n.addresses().stream())
        .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
        .sorted(Comparator.comparingInt((InetAddress a) -> a.getAddress().length))
        .map(a -> a.getHostAddress().replaceFirst("%.*", ""))
        .distinct()
        .toList();
  }
}
