package dev.temps.agent.host;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where peers may reach this machine's WireGuard: {@code ip:port}, {@code [ip6]:port}. Pure. */
public final class Endpoints {
  private static final Pattern IPV4 =
      Pattern.compile("((?:\\d{1,3}\\.){3}\\d{1,3})(?::(\\d{1,5}))?");
  private static final Pattern IPV6 =
      Pattern.compile("\\[?([0-9a-fA-F:]*:[0-9a-fA-F:.]+?)(?:\\]:(\\d{1,5})|\\])?");

  private Endpoints() {}

  /** Candidates, best first: what the operator named, then our own addresses. */
  public static List<String> of(List<String> advertise, List<String> own, int port) {
    Set<String> all = new LinkedHashSet<>();
    advertise.forEach(a -> all.add(parse(a, port)));
    own.forEach(a -> all.add(join(a, port)));
    return List.copyOf(all);
  }

  /**
   * Completes what an operator wrote after {@code --advertise}.
   *
   * @throws dev.temps.kit.ProblemException 422 when it is no address
   */
  public static String parse(String text, int port) {
    for (Pattern shape : List.of(IPV4, IPV6)) {
      Matcher found = shape.matcher(text);
      if (found.matches()) {
        int given = found.group(2) == null ? port : Integer.parseInt(found.group(2));
        if (given >= 1 && given <= 65_535 && octetsFit(found.group(1))) {
          return join(found.group(1), given);
        }
      }
    }
    throw Problem.invalid(
            "advertised-address",
            Text.quoted(text) + " is not an IP address with or without a port.",
            "Write it as 203.0.113.7, 203.0.113.7:51820 or [2001:db8::7]:51820.")
        .raise();
  }

  private static boolean octetsFit(String address) {
    if (address.contains(":")) {
      return true;
    }
    for (String octet : address.split("\\.")) {
      if (Integer.parseInt(octet) > 255) {
        return false;
      }
    }
    return true;
  }

  private static String join(String address, int port) {
    return address.contains(":") ? "[" + address + "]:" + port : address + ":" + port;
  }
}
