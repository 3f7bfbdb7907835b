package dev.temps.control.port;

import dev.temps.kit.Problem;
import dev.temps.kit.Text;

/** What a port speaks. The same number of the other protocol is another port. */
public enum Protocol {
  /** Ports of every ingress node. */
  tcp,
  /** Ports of every node that runs the app. */
  udp;

  /** The one of that name; throws 422 for any other. */
  static Protocol parse(String name) {
    for (Protocol protocol : values()) {
      if (protocol.name().equals(name)) {
        return protocol;
      }
    }
    throw Problem.invalid(
            "protocol", Text.quoted(name) + " is none that ports have.", "Use tcp or udp.")
        .raise();
  }
}
