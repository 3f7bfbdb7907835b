package dev.temps.agent.name;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TCP connection the kernel has translated, as it stands in {@code /proc/net/nf_conntrack}. Pure.
 *
 * @param service address the client called
 * @param member address it was led to
 */
record Flow(String client, int clientPort, String service, int servicePort, String member) {
  private static final Pattern LINE =
      Pattern.compile(
          "ipv4 .* tcp .*?src=(\\S+) dst=(\\S+) sport=(\\d+) dport=(\\d+) .*?src=(\\S+) .*");

  /** The connection of a line; empty for one that is no TCP over IPv4. */
  static Optional<Flow> parse(String line) {
    Matcher found = LINE.matcher(line);
    return found.matches()
        ? Optional.of(
            new Flow(
                found.group(1),
                Integer.parseInt(found.group(3)),
                found.group(2),
                Integer.parseInt(found.group(4)),
                found.group(5)))
        : Optional.empty();
  }

  /** The client's socket in the words of {@code ss}. */
  String socket() {
    return "( src = %s:%d and dst = %s:%d )".formatted(client, clientPort, service, servicePort);
  }
}
