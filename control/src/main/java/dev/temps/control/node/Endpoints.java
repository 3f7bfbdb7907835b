package dev.temps.control.node;

import dev.temps.kit.Problem;
import dev.temps.kit.ProblemException;
import dev.temps.kit.Text;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** WireGuard endpoints as text: {@code 192.0.2.1:51820} or {@code [2001:db8::1]:51820}. Pure. */
final class Endpoints {
  private static final Pattern SHAPE =
      Pattern.compile("(?:(\\d{1,3}(?:\\.\\d{1,3}){3})|\\[([0-9a-fA-F:.]{2,45})]):(\\d{1,5})");

  private Endpoints() {}

  static void check(String text) {
    Matcher found = SHAPE.matcher(text);
    if (!found.matches()) {
      throw refused(text, "it should be an address and a port");
    }
    int port = Integer.parseInt(found.group(3));
    InetAddress address = address(text, found.group(1) == null ? found.group(2) : found.group(1));
    if (port < 1 || port > 65_535) {
      throw refused(text, "its port should be 1 to 65535");
    }
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isMulticastAddress()) {
      throw refused(text, "no other machine can reach such an address");
    }
    if (inPool(address)) {
      throw refused(text, "it lies inside the mesh's own pool " + MeshNumbers.POOL);
    }
  }

  private static InetAddress address(String endpoint, String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(refused(endpoint, "that is no IP address").problem(), e);
    }
  }

  private static boolean inPool(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4 && bytes[0] == 10 && (bytes[1] & 0xf0) == 208;
  }

  private static ProblemException refused(String text, String why) {
    return Problem.invalid(
            "endpoint",
            "Endpoint " + Text.quoted(text) + " can't be used: " + why + ".",
            "Give another with --advertise IP[:PORT].")
        .raise();
  }

  /** The address part, without brackets. */
  static String host(String endpoint) {
    String host = endpoint.substring(0, endpoint.lastIndexOf(':'));
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /**
   * The node's own candidates, and last the address its request came from, unless that is one of
   * them or can't be reached by others.
   */
  static List<String> withSeen(List<String> own, String seenAddress, int port) {
    List<String> all = new ArrayList<>(own);
    try {
      InetAddress seen = InetAddress.ofLiteral(seenAddress);
      String literal = seen.getHostAddress();
      boolean known = own.stream().anyMatch(e -> host(e).equals(literal));
      if (!known && !seen.isLoopbackAddress() && !seen.isLinkLocalAddress() && !inPool(seen)) {
        all.add((seen.getAddress().length == 4 ? literal : "[" + literal + "]") + ":" + port);
      }
    } catch (IllegalArgumentException e) {
      return List.copyOf(own); // a source that has no address, as in tests
    }
    return List.copyOf(all);
  }
}
