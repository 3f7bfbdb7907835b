package dev.temps.control;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names and addresses under which the control plane is reached. Stateless. */
final class Advertised {
  private static final int HOSTS_MAX = 16;
  private static final Pattern HOST =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
              + "(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");
  private static final Pattern VIRTUAL =
      Pattern.compile("(lo|docker|br-|veth|temps|wg|virbr|cni|flannel|tun|tap).*");

  private Advertised() {}

  /**
   * The hosts a person named, without brackets and in lower case.
   *
   * @throws dev.temps.kit.ProblemException 422 naming the first that is no host
   */
  static List<String> checked(List<String> hosts) {
    if (hosts.size() > HOSTS_MAX) {
      throw refused("There are " + hosts.size() + " names; at most " + HOSTS_MAX + " fit.");
    }
    return hosts.stream().map(Advertised::host).distinct().toList();
  }

  private static String host(String text) {
    String bare = text.strip().toLowerCase(Locale.ROOT);
    if (ADDRESS.matcher(bare).matches()) {
      String literal = bare.replaceAll("[\\[\\]]", "");
      try {
        return InetAddress.ofLiteral(literal).getHostAddress();
      } catch (IllegalArgumentException e) {
        throw refused(Text.quoted(text) + " is no IP address.");
      }
    }
    if (!HOST.matcher(bare).matches()) {
      throw refused(Text.quoted(text) + " is neither a host name nor an IP address.");
    }
    return bare;
  }

  private static RuntimeException refused(String why) {
    return Problem.invalid(
            "advertise", why, "Give hosts without scheme and port: --advertise cp.example.org")
        .raise();
  }

  /** A domain for apps. */
  static String domain(String text) {
    String bare = text.strip().toLowerCase(Locale.ROOT);
    if (!HOST.matcher(bare).matches() || ADDRESS.matcher(bare).matches()) {
      throw Problem.invalid(
              "domain",
              Text.quoted(text) + " is no domain name.",
              "Give one whose wildcard record leads to your machines: --domain apps.example.org")
          .raise();
    }
    return bare;
  }

  /** A domain that needs nothing set up: sslip.io answers the address in the name. */
  static String defaultDomain(List<String> advertise) {
    String address =
        advertise.stream()
            .filter(h -> ADDRESS.matcher(h).matches())
            .findFirst()
            .orElseGet(() -> ownAddresses().getFirst());
    return address.replace(':', '-') + ".sslip.io";
  }

  /** The machine's own addresses, IPv4 first, without those of containers and tunnels. */
  static List<String> ownAddresses() {
    try {
      List<String> found =
          NetworkInterface.networkInterfaces()
              .filter(i -> !VIRTUAL.matcher(i.getName()).matches())
              .filter(Advertised::up)
              .flatMap(i -> Collections.list(i.getInetAddresses()).stream())
              .filter(Advertised::reachableFromOutside)
              .sorted(Comparator.comparing((InetAddress a) -> !(a instanceof Inet4Address)))
              .map(a -> a.getHostAddress().replaceAll("%.*", ""))
              .limit(HOSTS_MAX)
              .toList();
      return found.isEmpty() ? List.of("127.0.0.1") : found;
    } catch (SocketException e) {
      return List.of("127.0.0.1"); // A machine that can't list its interfaces still has itself.
    }
  }

  private static boolean up(NetworkInterface networkInterface) {
    try {
      return networkInterface.isUp() && !networkInterface.isLoopback();
    } catch (SocketException e) {
      return false; // It went away while we looked.
    }
  }

  private static boolean reachableFromOutside(InetAddress address) {
    return !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isMulticastAddress();
  }

  /**
   * On another machine: its own addresses first, and the names, which may be made to lead there.
   */
  static List<String> elsewhere(List<String> before) {
    return Stream.concat(
            ownAddresses().stream(), before.stream().filter(h -> !ADDRESS.matcher(h).matches()))
        .distinct()
        .limit(HOSTS_MAX)
        .toList();
  }

  /** Names for the certificate: the advertised ones and this machine itself. */
  static List<String> certificateNames(List<String> advertise) {
    return Stream.concat(advertise.stream(), Stream.of("localhost", "127.0.0.1"))
        .distinct()
        .toList();
  }

  static String url(String host, int port) {
    return "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
